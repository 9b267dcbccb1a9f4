package io.weir.deploy.examples;

import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.billing.BillLine;
import io.weir.deploy.console.Progress;
import io.weir.deploy.result.Reading;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Target;
import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Producers and readers in JavaScript, with Confluent's own client for the registry, on the real parts. */
@Tag("installed")
class JavaScriptIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTITIONS = 3;
    private static final int EVENTS_PUBLISHED_TWICE = 6;

    private final Instant hour = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);

    @Test
    void whatJavaScriptPublishesIsBilledOnceAndItsReaderSeesTheLines() throws Exception {
        try (Stack stack = Stack.start(DataFolder.openNew(null), PARTITIONS);
                Loader loader = new Loader(
                        stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS)) {
            // Given
            NodeFolder node = NodeFolder.install(stack.addresses());
            loader.loadControl(Scenario.open(TINY).control());
            Pipeline pipeline = Pipeline.start(stack);

            // When
            Files.writeString(node.file("today.ndjson"), today());
            assertThat(node.node("", "publish.js", "today.ndjson", "shop-7/2026-11"))
                    .contains("3 events acknowledged");
            node.node("", "publish.js", "today.ndjson", "shop-7/2026-11");
            closeTheDay(pipeline, loader);

            // Then
            Reading reading = Reading.of(pipeline, loader.usageSent());
            reading.requireAgreement();
            assertThat(reading.outcomes())
                    .containsExactlyInAnyOrder(List.of("ACCEPTED", "", "3"), List.of("DUPLICATE", "", "3"));
            assertThat(reading.lines().net())
                    .extracting(row -> String.join(" ", row.subList(1, row.size())))
                    .containsExactlyInAnyOrder(
                            "acct_north wksp_berlin  log 30 500000 2.00 CNY",
                            "acct_north wksp_examples  log 7 1500000 1.80 CNY",
                            "acct_north wksp_examples audit log 7 1000000 1.20 CNY");
            assertThat(linesReadByJavaScript(node, 3))
                    .isEqualTo(byId(reading.lines().lines()));
            String records = records(stack);
            assertThat(node.node(records, "same-bytes.js").lines())
                    .containsExactlyElementsOf(records.lines().toList());
        }
    }

    private String today() {
        return """
                {"workspace_id":"wksp_examples","occurred_at":"%1$s","readings":{"log_records":1500000}}
                {"workspace_id":"wksp_examples","occurred_at":"%1$s","resource":"audit","readings":{"log_records":1000000}}
                {"workspace_id":"wksp_berlin","occurred_at":"%1$s","readings":{"log_records":500000}}
                """.formatted(hour);
    }

    private void closeTheDay(Pipeline pipeline, Loader loader) {
        Instant closed = hour.plus(Duration.ofDays(3));
        loader.heartbeat(closed.minus(Duration.ofHours(1)));
        loader.heartbeat(closed);
        loader.flush();
        new Completion(pipeline, Progress.onStandardError())
                .await(new Target(
                        closed, closed.minus(Duration.ofDays(1)), loader.usageSent() + EVENTS_PUBLISHED_TWICE));
    }

    /** By id, what each line says of day, quantity and amount. */
    private static Map<String, String> byId(List<BillLine> lines) {
        Map<String, String> byId = new HashMap<>();
        lines.forEach(line -> byId.put(
                line.getLineId(), "%s %s %s".formatted(line.getDay(), line.getQuantity(), line.getNetAmount())));
        return byId;
    }

    private static Map<String, String> linesReadByJavaScript(NodeFolder node, int lines) throws IOException {
        Process reader = node.start("lines.ndjson", "read-lines.js");
        try {
            await().until(() -> wholeLines(node).size() >= lines);
        } finally {
            reader.destroy();
        }
        Map<String, String> byId = new HashMap<>();
        for (String text : wholeLines(node)) {
            JsonNode line = JSON.readTree(text);
            byId.put(
                    line.path("line_id").asText(),
                    "%s %s %s"
                            .formatted(
                                    line.path("day").asText(),
                                    line.path("quantity").textValue(),
                                    line.path("net_amount").textValue()));
        }
        return byId;
    }

    /** The last one may be half written. */
    private static List<String> wholeLines(NodeFolder node) throws IOException {
        String printed = Files.readString(node.file("lines.ndjson"), ISO_8859_1);
        return printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList();
    }

    /** The values of all topics, a line each: the topic and the bytes in hex. */
    private static String records(Stack stack) {
        StringBuilder records = new StringBuilder();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.broker().bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (Topic topic : Topics.all()) {
                for (byte[] value : values(consumer, topic)) {
                    records.append(topic.name())
                            .append(' ')
                            .append(HexFormat.of().formatHex(value))
                            .append('\n');
                }
            }
        }
        return records.toString();
    }

    private static List<byte[]> values(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<byte[]> values = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                if (record.value() != null) {
                    values.add(record.value());
                }
            });
        }
        return values;
    }
}
