package io.weir.metering;

import static io.weir.metering.SmallWorld.TEN;
import static io.weir.metering.SmallWorld.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.WorkspaceChange;
import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.usage.Reading;
import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every record has exactly one outcome; the first check that fails decides (rules.md §3). */
class IntakeTest {

    private static final long LIMIT = 1_000_000_000_000L;
    private static final Duration LARGEST_AGE = Duration.ofDays(35);
    private static final Duration SKEW = Duration.ofMinutes(5);

    @TempDir
    private Path state;

    private SmallWorld world;
    private int numberOfEvents;

    @BeforeEach
    void begin() {
        world = new SmallWorld(state);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aRecordWithoutAValueIsAHeartbeatWhateverItsKey() {
        // When
        world.line.arrive(TEN, null, (byte[]) null);
        world.line.arrive(TEN, "any key", (byte[]) null);

        // Then
        assertThat(world.line.counts().of(Outcome.HEARTBEAT)).isEqualTo(2);
        assertThat(world.line.rejected()).isEmpty();
    }

    @Test
    void namesAreOf1To128LettersDigitsAndSomeSigns() {
        // Given
        List<String> good = List.of("a", "A-Z_a.z:0/9", "x".repeat(128));
        List<String> bad =
                List.of("", "x".repeat(129), "a b", "a\nb", "a\0b", "é", "a'b", "a\\b", "%", "🙂", "\u202eb");

        // When / Then
        for (String name : good) {
            assertThat(reasonOf(event().source(name))).as(name).isNull();
            assertThat(reasonOf(event().eventId(name))).as(name).isNull();
            assertThat(reasonOf(event().resource(name))).as(name).isNull();
        }
        for (String name : bad) {
            assertThat(reasonOf(event().source(name))).as(name).isEqualTo(Reason.BAD_FIELD);
            assertThat(reasonOf(event().eventId(name))).as(name).isEqualTo(Reason.BAD_FIELD);
            assertThat(reasonOf(event().workspace(name))).as(name).isEqualTo(Reason.BAD_FIELD);
            assertThat(reasonOf(event().resource(name))).as(name).isEqualTo(name.isEmpty() ? null : Reason.BAD_FIELD);
        }
    }

    @Test
    void aSequenceIsNotNegative() {
        assertThat(reasonOf(event().sequence(-1L))).isEqualTo(Reason.BAD_FIELD);
        assertThat(reasonOf(event().sequence(Long.MIN_VALUE))).isEqualTo(Reason.BAD_FIELD);
        assertThat(reasonOf(event().sequence(0L))).isNull();
        assertThat(reasonOf(event().sequence(Long.MAX_VALUE))).isNull();
    }

    @Test
    void anEventHas1To64Readings() {
        // Given
        List<Reading> many = new ArrayList<>();
        for (int meter = 0; meter < 65; meter++) {
            many.add(new Reading("meter-" + meter, 1L));
        }

        // When / Then
        assertThat(reasonOf(event().readings())).isEqualTo(Reason.BAD_FIELD);
        assertThat(reasonOf(event().readings(many.subList(0, 64).toArray(Reading[]::new))))
                .isEqualTo(Reason.UNKNOWN_METER);
        assertThat(reasonOf(event().readings(many.toArray(Reading[]::new)))).isEqualTo(Reason.BAD_FIELD);
    }

    @Test
    void aMeterStandsOnceInAnEvent() {
        assertThat(reasonOf(event().readings(new Reading("log_records", 1L), new Reading("log_records", 2L))))
                .isEqualTo(Reason.BAD_FIELD);
    }

    @Test
    void theKeyIsTheWorkspace() {
        assertThat(reasonOf(null, event())).isEqualTo(Reason.KEY_MISMATCH);
        assertThat(reasonOf("", event())).isEqualTo(Reason.KEY_MISMATCH);
        assertThat(reasonOf("wksp_2", event())).isEqualTo(Reason.KEY_MISMATCH);
        assertThat(reasonOf(WORKSPACE, event())).isNull();
    }

    @Test
    void theWorkspaceIsKnown() {
        assertThat(reasonOf(event().workspace("wksp_9"))).isEqualTo(Reason.UNKNOWN_WORKSPACE);
    }

    @Test
    void anEventWithAnUnknownMeterIsRefusedWhole() {
        assertThat(reasonOf(event().readings(new Reading("log_records", 1L), new Reading("bytes", 1L))))
                .isEqualTo(Reason.UNKNOWN_METER);
    }

    @Test
    void aQuantityIsFrom0ToTheLimit() {
        assertThat(reasonOf(event().quantity(0))).isNull();
        assertThat(reasonOf(event().quantity(LIMIT))).isNull();
        assertThat(reasonOf(event().quantity(LIMIT + 1))).isEqualTo(Reason.BAD_QUANTITY);
        assertThat(reasonOf(event().quantity(-1))).isEqualTo(Reason.BAD_QUANTITY);
        assertThat(reasonOf(event().quantity(Long.MIN_VALUE))).isEqualTo(Reason.BAD_QUANTITY);
        assertThat(reasonOf(event().quantity(Long.MAX_VALUE))).isEqualTo(Reason.BAD_QUANTITY);
    }

    @Test
    void anEventOccurredAtMost5MinutesAfterItsIngest() {
        assertThat(reasonOf(event().occurredAt(TEN.plus(SKEW)))).isNull();
        assertThat(reasonOf(event().occurredAt(TEN.plus(SKEW).plusMillis(1)))).isEqualTo(Reason.FUTURE);
        assertThat(reasonOf(event().occurredAt(Instant.parse("2199-01-01T00:00:00Z"))))
                .isEqualTo(Reason.FUTURE);
        assertThat(reasonOf(event().occurredAt(Instant.ofEpochMilli(Long.MAX_VALUE))))
                .isEqualTo(Reason.FUTURE);
    }

    @Test
    void anEventIsAtMost35DaysOldByThePartitionsClock() {
        assertThat(reasonOf(event().occurredAt(TEN.minus(LARGEST_AGE)))).isNull();
        assertThat(reasonOf(event().occurredAt(TEN.minus(LARGEST_AGE).minusMillis(1))))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(reasonOf(event().occurredAt(Instant.EPOCH))).isEqualTo(Reason.TOO_OLD);
        assertThat(reasonOf(event().occurredAt(Instant.ofEpochMilli(-1)))).isEqualTo(Reason.TOO_OLD);
        assertThat(reasonOf(event().occurredAt(Instant.ofEpochMilli(Long.MIN_VALUE))))
                .isEqualTo(Reason.TOO_OLD);
    }

    @Test
    void theAgeIsMeasuredByTheClockAndNotByTheIngestTime() {
        // Given
        world.line.tick(TEN.plusMillis(1));

        // When / Then
        assertThat(reasonOf(event().occurredAt(TEN.minus(LARGEST_AGE)))).isEqualTo(Reason.TOO_OLD);
    }

    @Test
    void theFutureIsMeasuredByTheIngestTimeAndNotByTheClock() {
        // Given
        world.line.tick(TEN.plus(SKEW));

        // When / Then
        assertThat(reasonOf(event().occurredAt(TEN.plus(SKEW).plusMillis(1)))).isEqualTo(Reason.FUTURE);
    }

    @Test
    void theFirstCheckThatFailsDecides() {
        // Given
        Event wrong = event().source("a b")
                .workspace("wksp_9")
                .readings(new Reading("bytes", -1L))
                .occurredAt(Instant.EPOCH);

        // When / Then
        assertThat(reasonOf("key", wrong)).isEqualTo(Reason.BAD_FIELD);
        assertThat(reasonOf("key", wrong.source("source"))).isEqualTo(Reason.KEY_MISMATCH);
        assertThat(reasonOf("wksp_9", wrong)).isEqualTo(Reason.UNKNOWN_WORKSPACE);
        assertThat(reasonOf(wrong.workspace(WORKSPACE))).isEqualTo(Reason.UNKNOWN_METER);
        assertThat(reasonOf(wrong.quantity(-1))).isEqualTo(Reason.BAD_QUANTITY);
        assertThat(reasonOf(wrong.quantity(1))).isEqualTo(Reason.TOO_OLD);
    }

    @Test
    void aWorkspaceThatBecomesKnownIsAcceptedFromThenOn() {
        // Given
        Event early = event().workspace("wksp_9").sequence(1L);
        assertThat(reasonOf(early)).isEqualTo(Reason.UNKNOWN_WORKSPACE);
        world.line.record(new WorkspaceChange("wksp_9", "utc"));

        // When / Then
        assertThat(reasonOf(early)).isNull();
    }

    @Test
    void aRefusedRecordStandsThereWithItsOriginAndItsBytes() {
        // Given
        byte[] value = "{\"not\":\"avro\"}".getBytes(StandardCharsets.UTF_8);
        world.line.arrive(TEN, null, (byte[]) null);

        // When
        world.line.arrive(TEN.plusMillis(7), "key", value);

        // Then
        assertThat(world.line.rejected())
                .containsExactly(new RejectedUsage(
                        Reason.MALFORMED,
                        "the value does not begin with the magic byte 0 and a schema id",
                        "usage-events",
                        0,
                        1L,
                        TEN.plusMillis(7),
                        ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8)),
                        ByteBuffer.wrap(value),
                        (long) value.length,
                        DigestUtils.sha256Hex(value)));
    }

    @Test
    void aLargeRefusedRecordIsKeptUpToOneMebibyteWithTheLengthAndHashOfAll() {
        // Given
        byte[] value = new byte[3 * 1024 * 1024];
        Arrays.fill(value, (byte) 7);

        // When
        world.line.arrive(TEN, WORKSPACE, value);

        // Then
        assertThat(world.line.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.getReason()).isEqualTo(Reason.MALFORMED);
            assertThat(rejected.getOriginalValue().remaining()).isEqualTo(1024 * 1024);
            assertThat(rejected.getOriginalLength()).isEqualTo(value.length);
            assertThat(rejected.getOriginalSha256()).isEqualTo(DigestUtils.sha256Hex(value));
        });
    }

    @Test
    void theDetailOfARefusalHasNoControlCharacters() {
        // When
        world.line.arrive(TEN, event().source("a\nb\0🙂").build());

        // Then
        assertThat(world.line.rejected())
                .extracting(RejectedUsage::getDetail)
                .containsExactly("source 'a\\u000ab\\u0000\\ud83d\\ude42' is not [A-Za-z0-9_.:/-]{1,128}");
    }

    @Test
    void everyRecordIsCountedOnce() {
        // Given
        world.line.arrive(TEN, null, (byte[]) null);
        world.line.arrive(TEN, WORKSPACE, new byte[] {1});
        UsageEvent event = event().sequence(1L).build();
        world.line.arrive(TEN, event);
        world.line.arrive(TEN, event);
        world.line.arrive(TEN, event().sequence(-1L).build());

        // When
        OutcomeCounts counts = world.line.counts();

        // Then
        assertThat(counts.records()).isEqualTo(5);
        assertThat(counts.of(Outcome.HEARTBEAT)).isEqualTo(1);
        assertThat(counts.of(Outcome.ACCEPTED)).isEqualTo(1);
        assertThat(counts.of(Outcome.DUPLICATE)).isEqualTo(1);
        assertThat(counts.of(Outcome.REJECTED)).isEqualTo(2);
        assertThat(counts.of(Reason.MALFORMED)).isEqualTo(1);
        assertThat(counts.of(Reason.BAD_FIELD)).isEqualTo(1);
    }

    /** Why an event is refused that arrives at ten under its workspace's key; null if it is accepted. */
    private @Nullable Reason reasonOf(Event event) {
        return reasonOf(event.workspaceId, event);
    }

    private @Nullable Reason reasonOf(@Nullable String key, Event event) {
        long accepted = world.line.counts().of(Outcome.ACCEPTED);
        world.line.arrive(TEN, key, event.build());
        List<RejectedUsage> rejected = world.line.rejected();
        if (rejected.isEmpty()) {
            assertThat(world.line.counts().of(Outcome.ACCEPTED)).isEqualTo(accepted + 1);
            return null;
        }
        return rejected.get(0).getReason();
    }

    /** An event without fault, of a source of its own. */
    private Event event() {
        return new Event("source-" + numberOfEvents++);
    }

    /** An event in the making. */
    private static final class Event {

        private String workspaceId = WORKSPACE;
        private String source;
        private @Nullable Long sequence = 0L;
        private String eventId = "id";
        private Instant occurredAt = TEN;
        private String resource = "";
        private List<Reading> readings = List.of(new Reading("log_records", 1L));

        Event(String source) {
            this.source = source;
        }

        Event workspace(String id) {
            this.workspaceId = id;
            return this;
        }

        Event source(String name) {
            this.source = name;
            return this;
        }

        Event sequence(Long number) {
            this.sequence = number;
            return this;
        }

        Event eventId(String id) {
            this.eventId = id;
            return this;
        }

        Event occurredAt(Instant instant) {
            this.occurredAt = instant;
            return this;
        }

        Event resource(String name) {
            this.resource = name;
            return this;
        }

        Event quantity(long records) {
            this.readings = List.of(new Reading("log_records", records));
            return this;
        }

        Event readings(Reading... all) {
            this.readings = List.of(all);
            return this;
        }

        UsageEvent build() {
            return new UsageEvent(workspaceId, source, sequence, eventId, occurredAt, resource, readings);
        }
    }
}
