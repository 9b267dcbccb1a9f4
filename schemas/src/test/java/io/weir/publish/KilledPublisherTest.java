package io.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.publish.PublishingProcess.Acknowledged;
import io.weir.publish.UsageTopic.Found;
import io.weir.wire.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host is killed again and again while it publishes (fault: {@code kill -9}); seeded. */
class KilledPublisherTest {

    private static final int KILLS = 20;
    private static final long SEED = 20_261_125;
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final List<String> WORKSPACES = List.of("wksp_a", "wksp_b", "wksp_c");

    @TempDir
    Path folder;

    @Test
    @Timeout(1_200) // 20 starts of a process, on a machine that has much else to do
    void everythingAcknowledgedIsOnTheTopicInOrderAndNoNumberHasTwoContents() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), Map.of())) {
            // Given
            UsageTopic topic = new UsageTopic(broker.bootstrapServers(), 2);
            topic.create();
            PublisherConfig config = PublishingProcess.config("killed", folder.resolve("spool"), topic.settings());

            // When
            List<Acknowledged> acknowledged = killAgainAndAgain(config);
            UsagePublisher.open(config).close();

            // Then
            List<Found> found = topic.eventsOf("killed");
            Map<EventNumber, Found> first = new LinkedHashMap<>();
            for (Found copy : found) {
                Found original = first.putIfAbsent(copy.number(), copy);
                assertThat(copy.bytes()).isEqualTo(original == null ? copy.bytes() : original.bytes());
            }
            assertThat(acknowledged)
                    .hasSizeGreaterThan(KILLS)
                    .allSatisfy(told -> assertThat(first.get(told.number()))
                            .extracting(Found::quantity)
                            .isEqualTo(told.quantity()));
            everySourceIsCompleteAndInOrder(first);
        }
    }

    private static List<Acknowledged> killAgainAndAgain(PublisherConfig config) throws Exception {
        Random random = new Random(SEED);
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(PublishingProcess.killedAfter(
                    1 + random.nextInt(300), config, kill * 1_000_000L, NOON, WORKSPACES));
        }
        return acknowledged;
    }

    private static void everySourceIsCompleteAndInOrder(Map<EventNumber, Found> first) {
        Map<String, List<Long>> sequences = new LinkedHashMap<>();
        first.keySet()
                .forEach(number -> sequences
                        .computeIfAbsent(number.source() + " " + number.workspaceId(), source -> new ArrayList<>())
                        .add(number.sequence()));
        assertThat(sequences)
                .hasSizeGreaterThan(KILLS)
                .allSatisfy((source, numbers) -> assertThat(numbers)
                        .isEqualTo(LongStream.range(0, numbers.size()).boxed().toList()));
    }
}
