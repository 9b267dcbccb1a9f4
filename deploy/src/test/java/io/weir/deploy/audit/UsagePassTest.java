package io.weir.deploy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.CommittedCounts;
import io.weir.usage.Reading;
import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsagePassTest {

    private static final Instant TIME = Instant.parse("2026-03-02T10:30:00Z");
    /** Stands for a null value. */
    private static final byte[] HEARTBEAT = {};

    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://usage-pass");

    private final Check check = new Check("records");
    private final Refusals refusals = new Refusals(check);
    private final AvroSerializer<UsageEvent> serializer = new AvroSerializer<>();
    private final UsageTotals totals = new UsageTotals(TestFacts.facts(), check);
    private long offset;

    UsagePassTest() {
        serializer.configure(REGISTRY, false);
    }

    @Test
    void eachRecordHasTheOutcomeThatTheStreamCounted() {
        // Given
        refuse(3, Reason.MALFORMED);
        StreamState state =
                counted(Map.of("HEARTBEAT", 1L, "REJECTED", 1L, "DUPLICATE", 1L, "ACCEPTED", 2L), Reason.MALFORMED);

        // When
        Outcomes outcomes = pass(state, event(0), event(1), event(1), "garbage".getBytes(UTF_8), HEARTBEAT);
        outcomes.compare(state, refusals, check);

        // Then
        assertThat(check.violations()).isEmpty();
        assertThat(outcomes.of(Outcomes.ACCEPTED)).isEqualTo(2);
    }

    @Test
    void anEventThatTheStreamDidNotCountIsNamed() {
        // Given
        StreamState state = counted(Map.of("HEARTBEAT", 1L, "ACCEPTED", 1L), null);

        // When
        Outcomes outcomes = pass(state, event(0), event(1));
        outcomes.compare(state, refusals, check);

        // Then
        assertThat(check.violations())
                .anyMatch(text -> text.contains("ACCEPTED: 2 found, but 1 counted by the stream"));
    }

    @Test
    void aRefusalThatIsMissingOnItsTopicIsNamed() {
        // Given
        StreamState state = counted(Map.of("REJECTED", 1L), Reason.MALFORMED);

        // When
        Outcomes outcomes = pass(state, new byte[][] {"garbage".getBytes(UTF_8)});
        outcomes.compare(state, refusals, check);

        // Then
        assertThat(check.violations())
                .anyMatch(text -> text.contains("no readable event and is not on rejected-usage"))
                .anyMatch(text -> text.contains("REJECTED MALFORMED: 0 on rejected-usage, but 1 counted"));
    }

    @Test
    void aRecordThatIsRefusedTwiceIsNamed() {
        refuse(3, Reason.FUTURE);
        refuse(3, Reason.FUTURE);
        assertThat(check.violations()).singleElement().asString().contains("offset 3 was refused twice");
    }

    @Test
    void aRecordOfAnotherPartitionIsRerouted() {
        // Given
        StreamState state = counted(Map.of("REROUTED", 1L), null);
        UsagePass pass = new UsagePass(state, 3, true, refusals, deserializer(), totals, check);

        // When
        pass.accept(record(event(0)));
        pass.outcomes().compare(state, refusals, check);

        // Then
        assertThat(check.violations()).isEmpty();
    }

    @Test
    void aCommittedOffsetThatIsNotThatOfTheCountsIsNamed() {
        // Given
        StreamState state = new StreamState(0, 0, 2, counts(Map.of("ACCEPTED", 1L), null), 2);

        // When
        Outcomes outcomes = pass(state, event(0), event(1));
        outcomes.compare(state, refusals, check);

        // Then
        assertThat(check.violations())
                .singleElement()
                .asString()
                .contains("1 records are counted, but 2 to 2 lie before");
    }

    private Outcomes pass(StreamState state, byte[]... values) {
        UsagePass pass = new UsagePass(state, 1, true, refusals, deserializer(), totals, check);
        for (byte[] value : values) {
            pass.accept(record(value));
        }
        return pass.outcomes();
    }

    private ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                Topics.USAGE_EVENTS.name(),
                0,
                offset++,
                TIME.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                "wksp".getBytes(UTF_8),
                value == HEARTBEAT ? null : value,
                new RecordHeaders(),
                Optional.empty());
    }

    private byte[] event(long sequence) {
        return Objects.requireNonNull(serializer.serialize(
                Topics.USAGE_EVENTS.name(),
                new UsageEvent(
                        "wksp", "source", sequence, "event", TIME, "", List.of(new Reading("log_records", 5L)))));
    }

    private static AvroDeserializer<UsageEvent> deserializer() {
        return new AvroDeserializer<>(SchemaRegistry.of(REGISTRY), UsageEvent.class);
    }

    private void refuse(long offset, Reason reason) {
        refusals.add(new RejectedUsage(
                reason, "detail", Topics.USAGE_EVENTS.name(), 0, offset, TIME, null, ByteBuffer.allocate(0), 0L, ""));
    }

    /** The stream counted this, and its committed offset is behind the last of these records. */
    private static StreamState counted(Map<String, Long> outcomes, @Nullable Reason reason) {
        CommittedCounts counts = counts(outcomes, reason);
        return new StreamState(0, 0, counts.records(), counts, counts.records());
    }

    private static CommittedCounts counts(Map<String, Long> outcomes, @Nullable Reason reason) {
        return new CommittedCounts(outcomes, reason == null ? Map.of() : Map.of(reason, 1L));
    }
}
