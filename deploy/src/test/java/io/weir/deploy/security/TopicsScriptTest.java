package io.weir.deploy.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The script that creates the topics, against the catalogue of topics in code. */
class TopicsScriptTest {

    private static final int PARTITIONS = 7;
    private static final short REPLICATION = 3;

    @Test
    void createsTheTopicsOfTheCatalogue() throws IOException {
        // When
        List<NewTopic> created = KafkaScript.TOPICS.with("PARTITIONS", Integer.toString(PARTITIONS)).commands().stream()
                .map(TopicsScriptTest::topic)
                .toList();

        // Then
        assertThat(created)
                .containsExactlyElementsOf(Topics.all().stream()
                        .map(topic -> topic.newTopic(PARTITIONS, REPLICATION))
                        .toList());
    }

    private static NewTopic topic(List<String> command) {
        Map<String, String> configs = IntStream.range(1, command.size())
                .filter(word -> command.get(word - 1).equals("--config"))
                .mapToObj(command::get)
                .map(config -> config.split("=", 2))
                .collect(Collectors.toMap(config -> config[0], config -> config[1]));
        return new NewTopic(
                        option(command, "--topic"),
                        Integer.parseInt(option(command, "--partitions")),
                        Short.parseShort(option(command, "--replication-factor")))
                .configs(configs);
    }

    private static String option(List<String> command, String name) {
        return command.get(command.indexOf(name) + 1);
    }
}
