package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.publish.EventNumber;
import io.weir.publish.PublisherConfig;
import io.weir.publish.PublishingProcess;
import io.weir.publish.PublishingProcess.Acknowledged;
import io.weir.publish.UsagePublisher;
import io.weir.publish.UsageTopic;
import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import io.weir.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a host that is killed while it publishes to the hour in which its usage is metered. */
class PublishedUsageTest {

    private static final int KILLS = 5;
    private static final long SEED = 7;

    @TempDir
    Path folder;

    @Test
    void whatAKilledHostPublishedIsMeteredExactlyOnce() throws Exception {
        try (TinyStream stream = new TinyStream(folder, "published", Map.of())) {
            // Given
            Instant now = Instant.now();
            PublisherConfig config = PublishingProcess.config("host", folder.resolve("spool"), settings(stream.topics));

            // When
            List<Acknowledged> acknowledged = killAgainAndAgain(config, now);
            UsagePublisher.open(config).close();
            Instant later = now.plus(Duration.ofHours(3));
            stream.topics.move(later);
            stream.awaitMetered(later);

            // Then
            Map<EventNumber, Long> published =
                    publishedOnce(Objects.requireNonNull(config.settings().get("bootstrap.servers")));
            assertThat(published.values())
                    .containsAll(
                            acknowledged.stream().map(Acknowledged::quantity).toList());
            assertThat(stream.records("ACCEPTED")).isEqualTo(TinyStream.ACCEPTED + published.size());
            assertThat(metered(stream.topics, now))
                    .isEqualTo(published.values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    private static List<Acknowledged> killAgainAndAgain(PublisherConfig config, Instant occurredAt) throws Exception {
        Random random = new Random(SEED);
        List<Acknowledged> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(PublishingProcess.killedAfter(
                    1 + random.nextInt(200), config, kill * 1_000_000L, occurredAt, List.of(TinyStream.WORKSPACE)));
        }
        return acknowledged;
    }

    /** Quantities on the topic by identity; of copies one. */
    private static Map<EventNumber, Long> publishedOnce(String bootstrapServers) {
        return new UsageTopic(bootstrapServers, 1)
                .eventsOf("host").stream()
                        .collect(Collectors.toMap(
                                UsageTopic.Found::number, UsageTopic.Found::quantity, (first, copy) -> first));
    }

    /** What the windows of that moment have of the meter; the last word on each counts. */
    private static long metered(MeteringTopics topics, Instant moment) {
        Map<Instant, MeteredUsage> last = new HashMap<>();
        topics.<MeteredUsage>read(Topics.METERED_USAGE).stream()
                .filter(usage -> usage.getWorkspaceId().equals(TinyStream.WORKSPACE)
                        && !usage.getWindowStart().isAfter(moment)
                        && usage.getWindowEnd().isAfter(moment))
                .forEach(usage -> last.put(usage.getWindowStart(), usage));
        return last.values().stream()
                .flatMap(usage -> usage.getMeters().stream())
                .map(MeterTotal::getTotal)
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static Map<String, String> settings(MeteringTopics topics) {
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("bootstrap.servers", Objects.requireNonNull(settings.get("kafka.bootstrap.servers")));
        return settings;
    }
}
