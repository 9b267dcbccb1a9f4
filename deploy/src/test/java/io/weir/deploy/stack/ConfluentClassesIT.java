package io.weir.deploy.stack;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.watch.TopicReader;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.usage.RejectedUsage;
import io.weir.wire.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both applications as a user of Confluent's platform runs them: with the jar of its serializers behind Weir's own libraries. */
class ConfluentClassesIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");
    private static final int PARTITIONS = 2;
    private static final Instant AFTER_ALL = Instant.parse("2026-03-05T00:00:00Z");

    @Test
    void tinyGivesItsBillThroughConfluentsClasses() throws IOException {
        try (Stack stack = Stack.start(DataFolder.openNew(null), PARTITIONS);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS)) {
            // Given
            Scenario scenario = Scenario.open(TINY);
            loader.loadControl(scenario.control());
            try (Child metering = metering(stack);
                    Child feeCenter = feeCenter(stack)) {
                // When
                play(scenario, loader);

                // Then
                await().untilAsserted(() -> {
                    metering.requireAlive();
                    feeCenter.requireAlive();
                    assertThat(bill(stack)).isEqualTo(expected("bill.csv"));
                });
                assertThat(refusals(stack))
                        .isEqualTo(expected("outcomes.csv").stream()
                                .filter(outcome -> outcome.startsWith("REJECTED"))
                                .toList());
            }
        }
    }

    private static Child metering(Stack stack) {
        return start(
                stack,
                "metering-stream",
                "io.weir.metering.MeteringApp",
                Map.of(
                        "weir.state.dir", stack.data().folder("metering-stream").toString(),
                        "weir.heartbeat.interval", "off",
                        "weir.registry.unknown.wait", "PT2S",
                        "weir.value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer"));
    }

    private static Child feeCenter(Stack stack) {
        return start(
                stack,
                "billing-sink",
                "io.weir.feecenter.FeeCenterApp",
                Map.of(
                        "weir.database.url",
                        stack.database().url(),
                        "weir.database.user",
                        Database.SINK,
                        "weir.database.owner.user",
                        Database.OWNER,
                        "weir.console.port",
                        "0"));
    }

    private static Child start(Stack stack, String module, String main, Map<String, String> settings) {
        int port = Ports.free();
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("weir.http.port", Integer.toString(port));
        properties.put("kafka.bootstrap.servers", stack.broker().bootstrapServers());
        properties.put("schema.registry.url", stack.registry().url());
        properties.put("weir.value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
        Path file = PropertiesFile.write(stack.data().root().resolve(module + ".properties"), properties);
        String classPath = Installation.built(module + "/target/" + module + ".jar")
                + File.pathSeparator
                + Installation.built("schemas/target/confluent/confluent-classes.jar");
        Child child = Child.java(
                module, stack.data().log(module), List.of("-Xmx512m", "-cp", classPath, main, file.toString()));
        child.awaitReady(
                () -> Http.get("http://127.0.0.1:" + port + "/health/ready").isPresent());
        return child;
    }

    private static void play(Scenario scenario, Loader loader) {
        try (Stream<UsageRecord> usage = scenario.usage()) {
            usage.forEachOrdered(loader::load);
        }
        new Ending(AFTER_ALL).heartbeats().forEach(loader::heartbeat);
        loader.flush();
    }

    private static List<String> bill(Stack stack) {
        return new BillQuery(stack.ledger())
                .bill().stream().map(row -> String.join(",", row.columns())).toList();
    }

    private static List<String> refusals(Stack stack) {
        Map<String, Integer> counts = new HashMap<>();
        try (TopicReader<RejectedUsage> reader = new TopicReader<>(stack, Topics.REJECTED_USAGE, PARTITIONS)) {
            reader.readToEnd()
                    .forEach(refused -> counts.merge(refused.getReason().name(), 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .map(count -> "REJECTED,%s,%d".formatted(count.getKey(), count.getValue()))
                .sorted()
                .toList();
    }

    private static List<String> expected(String name) throws IOException {
        return Files.readAllLines(TINY.resolve("expected").resolve(name)).stream()
                .skip(1)
                .toList();
    }
}
