package io.weir.metering;

import static io.weir.metering.SmallWorld.LONG_AGO;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static io.weir.metering.SmallWorld.TEN;
import static io.weir.metering.SmallWorld.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.Aggregation;
import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.FormulaTerm;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.RetentionChange;
import io.weir.billing.WorkspaceChange;
import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.usage.Reading;
import io.weir.usage.Reason;
import io.weir.usage.UsageEvent;
import io.weir.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workspace that gets something bad, and its neighbour {@code wksp_2} that does not. The neighbour also lives in a second
 * line of its own, where a heartbeat stands in the place of what is bad: its bill has to be the same here and there. Time moves on
 * by a day with each {@link #assertTheLineGoesOn}, so that many bad inputs can be tried one after the other.
 */
final class Neighbours implements AutoCloseable {

    private static final String NEIGHBOUR = "wksp_2";
    private static final String NEIGHBOURS_ACCOUNT = "acct_2";

    /** Where the bad input arrives. */
    final SmallWorld world;

    private final SmallWorld quiet;
    private final List<BillLine> issued = new ArrayList<>();
    private Instant now = TEN;
    private int numberOfEvents;
    private int numberOfWorkspaces;
    private long neighboursSequence;

    Neighbours(Path state) {
        world = begin(state.resolve("disturbed"));
        quiet = begin(state.resolve("quiet"));
        neighbourUses();
    }

    private static SmallWorld begin(Path state) {
        SmallWorld world = new SmallWorld(state);
        world.line.record(catalogue());
        world.price(14, "1.5", LONG_AGO_DAY);
        world.account(NEIGHBOURS_ACCOUNT);
        world.line.record(new BindingChange(NEIGHBOUR, NEIGHBOURS_ACCOUNT, LONG_AGO, 0L));
        return world;
    }

    /** Besides log records: {@code meter_0} to {@code meter_64}, without an item and without a limit. */
    private static CatalogueChange catalogue() {
        List<MeterDefinition> meters = new ArrayList<>();
        meters.add(new MeterDefinition("log_records", Aggregation.SUM, 1_000_000_000_000L));
        for (int meter = 0; meter <= 64; meter++) {
            meters.add(new MeterDefinition("meter_" + meter, Aggregation.SUM, Long.MAX_VALUE));
        }
        FormulaTerm records = new FormulaTerm(List.of("log_records"), 1L);
        return new CatalogueChange(
                "2", LONG_AGO_DAY, meters, List.of(new ItemDefinition("log", "logs", List.of(records), "1000", 14)));
    }

    /** Ten o'clock UTC of today. */
    Instant now() {
        return now;
    }

    /** An event of {@code wksp_1} without fault that occurs now, numbered 0 by a source of its own. */
    UsageEvent.Builder event() {
        return event(WORKSPACE);
    }

    /** An event of this workspace without fault. */
    UsageEvent.Builder event(String workspaceId) {
        return UsageEvent.newBuilder()
                .setWorkspaceId(workspaceId)
                .setSource("source-" + numberOfEvents++)
                .setSequence(0L)
                .setEventId("id")
                .setOccurredAt(now)
                .setResource("")
                .setReadings(List.of(new Reading("log_records", 1L)));
    }

    /** A new workspace to which something happens, on the same site, without a binding. */
    String newWorkspace() {
        String workspaceId = "wksp_new_" + numberOfWorkspaces++;
        world.line.record(new WorkspaceChange(workspaceId, "utc"));
        return workspaceId;
    }

    /** From then on the account pays for the workspace; null ends that. */
    void bind(String workspaceId, @Nullable String accountId, Instant from, long seq) {
        world.line.record(new BindingChange(workspaceId, accountId, from, seq));
    }

    /** What is kept of a workspace costs by this retention, always. */
    void retain(String workspaceId, int days) {
        world.line.record(new RetentionChange(workspaceId, "logs", "", days, LONG_AGO));
    }

    /** Log records that arrive now. */
    void use(String workspaceId, long records, Instant occurredAt) {
        UsageEvent event = event(workspaceId)
                .setOccurredAt(occurredAt)
                .setReadings(List.of(new Reading("log_records", records)))
                .build();
        assertThat(outcomeOf(event)).isEqualTo("ACCEPTED");
    }

    /** What becomes of an event that arrives now under its workspace's key. */
    String outcomeOf(UsageEvent event) {
        return outcomeOf(event.getWorkspaceId(), event);
    }

    /** What becomes of an event that arrives now under some key. */
    String outcomeOf(@Nullable String key, UsageEvent event) {
        return outcomeOf(now, key, world.line.written(Topics.USAGE_EVENTS, event));
    }

    /** What becomes of bytes that arrive under some key. */
    String outcomeOf(Instant ingest, @Nullable String key, byte @Nullable [] value) {
        OutcomeCounts before = world.line.counts();
        world.line.arrive(ingest, key, value);
        return difference(before, world.line.counts());
    }

    private static String difference(OutcomeCounts before, OutcomeCounts after) {
        List<String> found = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.REJECTED && after.of(outcome) > before.of(outcome)) {
                found.add(outcome.name());
            }
        }
        for (Reason reason : Reason.values()) {
            if (after.of(reason) > before.of(reason)) {
                found.add("REJECTED " + reason);
            }
        }
        return String.join(", ", found);
    }

    /**
     * What holds whatever has arrived: a day later the next good record is accepted, each record has exactly one outcome, and
     * the neighbour is billed as if nothing had happened.
     */
    void assertTheLineGoesOn() {
        nextDay();
        world.line.runTimer(3);
        assertThat(outcomeOf(event().setReadings(List.of(new Reading("log_records", 0L)))
                        .build()))
                .isEqualTo("ACCEPTED");
        assertThat(world.line.counts().records()).isEqualTo(world.line.arrived());
        issued.addAll(world.line.lines());
        List<BillLine> undisturbed =
                quiet.line.lines().stream().map(Neighbours::comparable).toList();
        assertThat(undisturbed).isNotEmpty();
        assertThat(issued)
                .filteredOn(line -> line.getWorkspaceId().equals(NEIGHBOUR))
                .map(Neighbours::comparable)
                .isEqualTo(undisturbed);
        issued.removeIf(line -> line.getWorkspaceId().equals(NEIGHBOUR));
    }

    private void nextDay() {
        Instant clock = world.line.clock();
        quiet.line.arrive(clock, null, (byte[]) null);
        now = (now.isAfter(clock) ? now : clock).plus(Duration.ofDays(1));
        neighbourUses();
    }

    private void neighbourUses() {
        UsageEvent event = event(NEIGHBOUR)
                .setSource("neighbour")
                .setSequence(neighboursSequence)
                .setReadings(List.of(new Reading("log_records", 1000 + neighboursSequence++)))
                .build();
        world.line.arrive(now, event);
        quiet.line.arrive(now, event);
    }

    /** A line without the versions of the control log and of the price book, which changes of others move on. */
    private static BillLine comparable(BillLine line) {
        AppliedPrice price = line.getPrice();
        return BillLine.newBuilder(line)
                .setControlOffset(0L)
                .setPrice(new AppliedPrice("", price.getEffectiveFrom(), price.getUnit(), price.getModel()))
                .build();
    }

    /** What the lines of a workspace say that were issued up to {@link #now}, since this was last asked. */
    List<String> linesOf(String workspaceId) {
        use(workspaceId, 0, now); // what is due for it is done first
        issued.addAll(world.line.lines());
        List<BillLine> found = issued.stream()
                .filter(line -> line.getWorkspaceId().equals(workspaceId))
                .toList();
        issued.removeAll(found);
        return found.stream().map(Neighbours::said).toList();
    }

    private static String said(BillLine line) {
        return "%s revision %d: %s for %s"
                .formatted(line.getAccountId(), line.getRevision(), line.getQuantity(), line.getAmount());
    }

    @Override
    public void close() {
        world.close();
        quiet.close();
    }
}
