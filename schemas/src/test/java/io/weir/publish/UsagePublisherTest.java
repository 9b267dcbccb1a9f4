package io.weir.publish;

import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.publish.UsageRefused.Reason;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host is promised, with a broker and a registry that come and go. */
@Timeout(600)
class UsagePublisherTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    static Path brokerFolder;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedBroker broker;

    @SuppressWarnings("NullAway.Init")
    private static UsageTopic topic;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(brokerFolder, Map.of());
        topic = new UsageTopic(broker.bootstrapServers(), 2);
        topic.create();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void eachWorkspaceIsNumberedFrom0AndItsEventsArriveInOrder() throws Exception {
        try (UsagePublisher publisher = open("order")) {
            // When
            for (int i = 0; i < 50; i++) {
                assertThat(publish(publisher, "wksp_a", i)).isEqualTo(new EventNumber("wksp_a", publisher.source(), i));
            }
            assertThat(publisher.publish(List.of(usage("wksp_b", 0), usage("wksp_b", 1))))
                    .extracting(EventNumber::sequence)
                    .containsExactly(0L, 1L);
            awaitSent(publisher);

            // Then
            assertThat(quantities("order", "wksp_a"))
                    .isEqualTo(IntStream.range(0, 50).mapToObj(Long::valueOf).toList());
            assertThat(quantities("order", "wksp_b")).containsExactly(0L, 1L);
            assertThat(topic.eventsOf("order"))
                    .allSatisfy(found ->
                            assertThat(found.key()).isEqualTo(found.event().getWorkspaceId()))
                    .extracting(found -> found.event().getOccurredAt())
                    .containsOnly(NOON);
            assertThat(publisher.counts().sent()).isEqualTo(52);
        }
    }

    @Test
    void theNextStartSendsWhatIsLeftUnderItsOldNumbersAndCountsUnderANewSource() throws Exception {
        // Given
        String firstSource;
        try (UsagePublisher first = UsagePublisher.open(config("restart", Map.of("bootstrap.servers", nobody())))) {
            firstSource = first.source();
            publish(first, "wksp_a", 1);
            publish(first, "wksp_a", 2);
        }

        // When
        try (UsagePublisher second = open("restart")) {
            publish(second, "wksp_a", 3);
            awaitSent(second);

            // Then
            assertThat(topic.eventsOf("restart"))
                    .extracting(UsageTopic.Found::number)
                    .containsExactly(
                            new EventNumber("wksp_a", firstSource, 0),
                            new EventNumber("wksp_a", firstSource, 1),
                            new EventNumber("wksp_a", second.source(), 0));
            assertThat(quantities("restart", "wksp_a")).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aRegistryThatIsAwayDelaysUsageAndLosesNone() throws Exception {
        // Given
        try (UsagePublisher publisher =
                UsagePublisher.open(config("registry", Map.of("schema.registry.url", "http://" + nobody())))) {
            publish(publisher, "wksp_a", 7);
            await().until(() -> publisher.counts().trouble().isPresent());
        }

        // When
        try (UsagePublisher publisher = open("registry")) {
            awaitSent(publisher);
        }

        // Then
        assertThat(quantities("registry", "wksp_a")).containsExactly(7L);
    }

    @Test
    void aBrokerThatGoesAndComesBackGetsEverythingInOrder() throws Exception {
        try (UsagePublisher publisher = open("away")) {
            // Given
            publish(publisher, "wksp_a", 0);
            awaitSent(publisher);

            // When
            broker.close();
            for (int i = 1; i < 100; i++) {
                publish(publisher, "wksp_a", i);
            }
            assertThat(publisher.counts().waiting()).isEqualTo(99);
            broker = broker.restarted();
            awaitSent(publisher);

            // Then
            assertThat(firstCopies("away", "wksp_a"))
                    .isEqualTo(IntStream.range(0, 100).mapToObj(Long::valueOf).toList());
        }
    }

    @Test
    void aFullSpoolRefusesInTimeAndTakesUsageAgainWhenTheBrokerHasTakenSome() throws Exception {
        // Given
        PublisherConfig small = new PublisherConfig("full", folder, 2_000, PATIENCE, Duration.ofMillis(1), away());
        long taken = 0;
        try (UsagePublisher publisher = UsagePublisher.open(small)) {
            while (publisher.counts().waitingBytes() < 2_000) {
                publish(publisher, "wksp_a", taken++);
            }
        }

        // Then
        PublisherConfig hasty =
                new PublisherConfig("full", folder, 2_000, Duration.ofMillis(300), Duration.ofMillis(1), away());
        try (UsagePublisher publisher = UsagePublisher.open(hasty)) {
            assertThatThrownBy(() -> publish(publisher, "wksp_a", 99))
                    .isInstanceOfSatisfying(
                            UsageRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.SPOOL_FULL))
                    .hasMessageContaining("the limit is 2,000 bytes");
            assertThat(publisher.counts().refused()).isOne();
        }
        PublisherConfig again = new PublisherConfig("full", folder, 2_000, PATIENCE, PATIENCE, topic.settings());
        try (UsagePublisher publisher = UsagePublisher.open(again)) {
            publish(publisher, "wksp_a", taken++);
        }
        assertThat(firstCopies("full", "wksp_a")).hasSize((int) taken).doesNotContain(99L);
    }

    @Test
    void usageThatWeirWouldRejectIsRefusedAndTakesNoNumber() throws Exception {
        try (UsagePublisher publisher = open("invalid")) {
            assertThatThrownBy(() -> publisher.publish("wksp a", NOON, "", Map.of("spans", 1L)))
                    .isInstanceOfSatisfying(
                            UsageRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID))
                    .hasMessageContaining("workspace_id is not 1 to 128 of the characters");
            assertThatThrownBy(() -> publisher.publish("wksp_a", NOON, "", Map.of("spans", -1L)))
                    .hasMessageContaining("-1 'spans' is negative");
            assertThatThrownBy(() -> publisher.publish("wksp_a", NOON, "", Map.of()))
                    .hasMessageContaining("0 readings");
            assertThatThrownBy(() -> publisher.publish(List.of(usage("wksp_a", 1), usage("wksp_a", -1))))
                    .isInstanceOf(UsageRefused.class);
            assertThat(publish(publisher, "wksp_a", 5).sequence()).isZero();
        }
    }

    @Test
    void anEventThatTheBrokerFindsTooLargeIsPutAsideAndSentByTheNextStart() throws Exception {
        // Given
        topic.limitRecordsTo(UsageTopic.SMALLER_LIMIT);
        Map<String, Long> large = new HashMap<>();
        IntStream.range(0, 60).forEach(i -> large.put(Long.toHexString(i * 0x9E3779B97F4A7C15L) + i, (long) i << 40));

        // When
        try (UsagePublisher publisher = open("large")) {
            publish(publisher, "wksp_a", 1);
            publisher.publish("wksp_a", NOON, "", large);
            publish(publisher, "wksp_a", 3);
            await().untilAsserted(() -> assertThat(publisher.counts())
                    .returns(2L, PublisherCounts::sent)
                    .returns(1L, PublisherCounts::putAside)
                    .returns(1L, PublisherCounts::waiting));
        } finally {
            topic.limitRecordsTo(4 * 1024 * 1024);
        }
        try (UsagePublisher publisher = open("large")) {
            awaitSent(publisher);
        }

        // Then
        assertThat(topic.eventsOf("large"))
                .extracting(found -> found.event().getSequence())
                .containsExactly(0L, 2L, 1L);
    }

    @Test
    void closeEndsInTimeAndLaterCallsAreRefused() throws Exception {
        // Given
        UsagePublisher publisher = UsagePublisher.open(
                new PublisherConfig("closed", folder, 1_000_000, PATIENCE, Duration.ofMillis(300), away()));
        publish(publisher, "wksp_a", 1);

        // When
        publisher.close();

        // Then
        assertThatThrownBy(() -> publish(publisher, "wksp_a", 2))
                .isInstanceOfSatisfying(
                        UsageRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED));
        assertThat(publisher.counts().waiting()).isOne();
        publisher.close();
    }

    @Test
    void settingsThatWouldLoseUsageAreRefused() {
        assertThatThrownBy(() -> PublisherConfig.of("a b", folder, Map.of("acks", "1", "partitioner.class", "mine")))
                .hasMessageContaining("name 'a b' is not")
                .hasMessageContaining("bootstrap.servers is missing")
                .hasMessageContaining("schema.registry.url is missing")
                .hasMessageContaining("acks=1: usage is counted once only with all")
                .hasMessageContaining("partitioner.class");
    }

    private UsagePublisher open(String name) throws IOException {
        return UsagePublisher.open(config(name, Map.of()));
    }

    private PublisherConfig config(String name, Map<String, String> options) {
        Map<String, String> settings = new HashMap<>(topic.settings());
        settings.putAll(options);
        return new PublisherConfig(name, folder, 1 << 20, PATIENCE, Duration.ofSeconds(1), settings);
    }

    private static Map<String, String> away() throws IOException {
        return Map.of("bootstrap.servers", nobody(), "schema.registry.url", "http://" + nobody());
    }

    /** An address on which nobody listens. */
    private static String nobody() throws IOException {
        return "127.0.0.1:" + FreePort.next();
    }

    private static EventNumber publish(UsagePublisher publisher, String workspaceId, long quantity)
            throws UsageRefused {
        return publisher.publish(workspaceId, NOON, "", Map.of("spans", quantity));
    }

    private static Usage usage(String workspaceId, long quantity) {
        return new Usage(workspaceId, NOON, "", Map.of("spans", quantity));
    }

    private static void awaitSent(UsagePublisher publisher) {
        await().until(() -> publisher.counts().waiting() == 0);
    }

    private static List<Long> quantities(String name, String workspaceId) {
        return topic.eventsOf(name).stream()
                .filter(found -> found.event().getWorkspaceId().equals(workspaceId))
                .map(UsageTopic.Found::quantity)
                .toList();
    }

    /** As after de-duplication. */
    private static List<Long> firstCopies(String name, String workspaceId) {
        return quantities(name, workspaceId).stream().distinct().toList();
    }
}
