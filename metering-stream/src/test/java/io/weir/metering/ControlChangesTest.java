package io.weir.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.UnitModel;
import io.weir.metering.control.ControlLog;
import io.weir.metering.window.Agenda;
import io.weir.metering.window.Agenda.Kind;
import io.weir.metering.window.Planner;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which closed days a change of the control log puts on the agenda, slice by slice (rules.md §7). */
class ControlChangesTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final long HOUR = Instant.parse("2026-03-05T10:00:00Z").toEpochMilli();
    private static final long LATER = Long.MAX_VALUE;
    private static final List<String> WORKSPACES = List.of("wksp_1", "wksp_2", "wksp_3");

    private final Map<String, ?> wire = Map.of("schema.registry.url", "mock://" + UUID.randomUUID());
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final AvroDeserializer<ControlRecord> deserializer = new AvroDeserializer<>();
    private final KeyValueStore<Bytes, byte[]> partition =
            Stores.inMemoryKeyValueStore("partition").get();
    private final KeyValueStore<Bytes, byte[]> planned =
            Stores.inMemoryKeyValueStore("agenda").get();
    private final ControlLog log = new ControlLog(Topics.CONTROL.name(), deserializer);
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final Processor<byte[], byte[], Void, Void> reader = log.reader();
    private long offset;

    @BeforeEach
    void closeADayOfThreeWorkspaces() {
        serializer.configure(wire, false);
        deserializer.configure(wire, false);
        reader.init(context);
        Agenda agenda = new Agenda(planned);
        WORKSPACES.forEach(workspace -> agenda.of(workspace).at(Kind.FORGET, DAY, LATER));
    }

    @Test
    void aPriceBookPutsTheClosedDaysOfEverybodyOnTheAgenda() {
        // Given
        record(bookFrom(DAY));
        Agenda agenda = new Agenda(planned);
        ControlChanges changes = changes(agenda);

        // When
        changes.follow(HOUR);
        changes.walk(() -> false);

        // Then
        assertThat(WORKSPACES).allMatch(workspace -> isToBeCorrected(agenda, workspace));
        assertThat(changes.isWalking()).isFalse();
    }

    @Test
    void aBindingPutsTheClosedDaysOfItsWorkspaceOnTheAgenda() {
        // Given
        record(new BindingChange("wksp_2", "acct_1", Instant.parse("2026-03-02T00:00:00Z"), 1L));
        Agenda agenda = new Agenda(planned);
        ControlChanges changes = changes(agenda);

        // When
        changes.follow(HOUR);
        changes.walk(() -> false);

        // Then
        assertThat(WORKSPACES)
                .filteredOn(workspace -> isToBeCorrected(agenda, workspace))
                .containsExactly("wksp_2");
    }

    @Test
    void anAccountPutsOnlyHeldDaysOnTheAgenda() {
        // Given
        record(new AccountChange("acct_1", "north", "CNY"));
        Agenda agenda = new Agenda(planned);
        agenda.of("wksp_3").at(Kind.HELD, DAY, LATER);
        ControlChanges changes = changes(agenda);

        // When
        changes.follow(HOUR);
        changes.walk(() -> false);

        // Then
        assertThat(WORKSPACES)
                .filteredOn(workspace -> isToBeCorrected(agenda, workspace))
                .containsExactly("wksp_3");
    }

    @Test
    void aWorkspaceThatIsNeededBeforeItsTurnIsTakenOutOfTurn() {
        // Given
        record(bookFrom(DAY));
        Agenda agenda = new Agenda(planned);
        ControlChanges changes = changes(agenda);
        changes.follow(HOUR);

        // When
        changes.takeIn(agenda.of("wksp_2"));

        // Then
        assertThat(WORKSPACES)
                .filteredOn(workspace -> isToBeCorrected(agenda, workspace))
                .containsExactly("wksp_2");
    }

    @Test
    void aWalkThatACrashInterruptedGoesOnAfterTheStart() {
        // Given
        record(bookFrom(DAY));
        changes(new Agenda(planned)).follow(HOUR);

        // When
        Agenda agenda = new Agenda(planned);
        ControlChanges restarted = changes(agenda);
        restarted.follow(HOUR);
        restarted.walk(() -> false);

        // Then
        assertThat(WORKSPACES).allMatch(workspace -> isToBeCorrected(agenda, workspace));
    }

    @Test
    void aChangeOfTheNextHourIsTakenInThoughTheWalkBeforeIsNotOver() {
        // Given
        record(bookFrom(DAY.plusDays(9)));
        Agenda agenda = new Agenda(planned);
        ControlChanges changes = changes(agenda);
        changes.follow(HOUR);

        // When
        record(new BindingChange("wksp_2", "acct_1", Instant.parse("2026-03-02T00:00:00Z"), 1L));
        changes.follow(HOUR + 3_600_000);
        changes.takeIn(agenda.of("wksp_2"));

        // Then
        assertThat(isToBeCorrected(agenda, "wksp_2")).isTrue();
    }

    @Test
    void whatWasLookedAtOnceIsNotLookedAtAgain() {
        // Given
        record(bookFrom(DAY));
        ControlChanges changes = changes(new Agenda(planned));
        changes.follow(HOUR);
        changes.walk(() -> false);

        // When
        changes.follow(HOUR + 3_600_000);

        // Then
        assertThat(changes.isWalking()).isFalse();
    }

    @Test
    void aPartitionWithoutAClockHasNoFullHourYet() {
        // Given
        record(bookFrom(DAY));
        ControlChanges changes = changes(new Agenda(planned));

        // When
        changes.follow(Long.MIN_VALUE);

        // Then
        assertThat(changes.isWalking()).isFalse();
        changes.follow(HOUR);
        assertThat(changes.isWalking()).isTrue();
    }

    @Test
    void daysBeforeTheChangeStayAsTheyAre() {
        // Given
        record(bookFrom(DAY.plusDays(1)));
        Agenda agenda = new Agenda(planned);
        ControlChanges changes = changes(agenda);

        // When
        changes.follow(HOUR);
        changes.walk(() -> false);

        // Then
        assertThat(WORKSPACES).noneMatch(workspace -> isToBeCorrected(agenda, workspace));
    }

    @Test
    void aChangeThatDatesBackToDaysNoLongerKeptIsCounted() {
        // Given
        ControlChanges changes = changes(new Agenda(planned));
        record(bookFrom(DAY));
        changes.follow(HOUR);
        changes.walk(() -> false);

        // When
        record(new BindingChange("wksp_2", "acct_1", Instant.parse("2026-01-20T00:00:00Z"), 1L));
        record(new BindingChange("wksp_3", "acct_1", Instant.parse("2026-02-20T00:00:00Z"), 1L));
        changes.follow(HOUR + 3_600_000);

        // Then
        assertThat(changes.changesTooLate()).isOne();
    }

    private ControlChanges changes(Agenda agenda) {
        return new ControlChanges(log, agenda, new Planner(Duration.ofHours(1)), partition);
    }

    private static boolean isToBeCorrected(Agenda agenda, String workspaceId) {
        return agenda.of(workspaceId).has(Kind.CORRECT, DAY);
    }

    private static PriceBookChange bookFrom(LocalDate day) {
        return new PriceBookChange(
                "1", List.of(new PriceEntry("CNY", PriceGroup.CN, "log", 14, day, new UnitModel("1"))));
    }

    private void record(SpecificRecord change) {
        context.setRecordMetadata(Topics.CONTROL.name(), 0, offset++);
        byte[] value = Objects.requireNonNull(serializer.serialize(Topics.CONTROL.name(), new ControlRecord(change)));
        reader.process(new Record<>("any".getBytes(UTF_8), value, HOUR));
    }
}
