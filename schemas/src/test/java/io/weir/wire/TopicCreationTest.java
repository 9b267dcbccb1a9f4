package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCreationTest {

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private Admin admin;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(directory, Map.of());
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void closeBroker() {
        admin.close();
        broker.close();
    }

    @Test
    void createsTheCatalogueAndFindsItUnchanged() throws Exception {
        // Given
        TopicCreation creation = new TopicCreation(admin, 3, (short) 1);

        // When
        List<String> differencesAtFirst = creation.create(Topics.all());

        // Then
        assertThat(differencesAtFirst).isEmpty();
        assertThat(creation.create(Topics.all())).isEmpty();
        assertThat(admin.listTopics().names().get())
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
        assertThat(partitions("usage-events")).isEqualTo(3);
        assertThat(partitions("fee-center.bill-lines")).isEqualTo(3);
        assertThat(partitions("fee-center.control")).isEqualTo(1);
    }

    @Test
    void reportsEveryDifferenceAndAltersNothing() throws Exception {
        // Given
        admin.createTopics(List.of(new NewTopic("usage-events", 2, (short) 1)
                        .configs(Map.of(
                                "cleanup.policy", "compact",
                                "retention.ms", "1000",
                                "message.timestamp.type", "CreateTime",
                                "max.message.bytes", "500000"))))
                .all()
                .get();
        Patience.await().until(() -> admin.listTopics().names().get().contains("usage-events"));

        // When
        List<String> differences = new TopicCreation(admin, 4, (short) 1).create(Topics.all());

        // Then
        assertThat(differences)
                .containsExactlyInAnyOrder(
                        "topic usage-events has partitions=2, the catalogue says 4",
                        "topic usage-events has cleanup.policy=compact, the catalogue says delete",
                        "topic usage-events has retention.ms=1000, the catalogue says 3456000000",
                        "topic usage-events has message.timestamp.type=CreateTime, the catalogue says LogAppendTime",
                        "topic usage-events has max.message.bytes=500000, the catalogue says 4194304");
        assertThat(partitions("usage-events")).isEqualTo(2);
        assertThat(admin.listTopics().names().get()).hasSize(Topics.all().size());
    }

    @Test
    void tellsAnArchiveFromAProductionTopic() {
        // Given
        new TopicCreation(admin, 1, (short) 1).create(Topics.forReplay());

        // When
        List<String> differences = new TopicCreation(admin, 1, (short) 1).create(Topics.all());

        // Then
        assertThat(differences)
                .contains("topic usage-events has message.timestamp.type=CreateTime, the catalogue says LogAppendTime");
    }

    private int partitions(String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
    }
}
