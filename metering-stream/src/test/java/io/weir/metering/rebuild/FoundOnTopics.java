package io.weir.metering.rebuild;

import static java.util.stream.Collectors.toMap;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.metering.BilledDays;
import io.weir.metering.MeteringTopology;
import io.weir.metering.control.ControlTable;
import io.weir.metering.intake.CatchUp;
import io.weir.usage.MeteringProgress;
import io.weir.usage.RejectedUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a stream on one partition has left on its topics.
 *
 * @param ingested ingest time of each record of usage
 */
public record FoundOnTopics(
        List<Instant> ingested,
        List<BillLine> lines,
        List<HeldLine> held,
        List<RejectedUsage> rejected,
        List<MeteringProgress> progress) {

    /** What a rebuild writes into the stores of the stream that takes its place. */
    public Map<String, Map<Bytes, byte[]>> seeds(ControlTable table, Duration grace) {
        KeptDays days = new KeptDays(List.of(partition()), table, grace);
        Requirements.requireUsage(days);
        HeldParts parts = new HeldParts();
        held.forEach(parts::add);
        parts.keepOnly(day -> days.isKept(day) || days.isWhole(day));
        BilledParts billed = new BilledParts();
        lines.stream()
                .filter(line -> isNeeded(new WorkspaceDay(line.getWorkspaceId(), line.getDay()), days, parts))
                .forEach(billed::add);
        billed.hold(parts);
        return Map.of(MeteringTopology.BILLED, stored(billed), MeteringTopology.PARTITION, past());
    }

    private static boolean isNeeded(WorkspaceDay day, KeptDays days, HeldParts parts) {
        return days.isKept(day) || parts.byDay().containsKey(day);
    }

    private Partition partition() {
        long last = ingested.stream().mapToLong(Instant::toEpochMilli).max().orElse(-1);
        long first = ingested.isEmpty() ? -1 : ingested.get(0).toEpochMilli();
        return new Partition(0, 0, first, ingested.size(), last, 0, reportedMillis());
    }

    private long reportedMillis() {
        return progress.isEmpty()
                ? CatchUp.NOTHING_REPORTED
                : progress.get(progress.size() - 1).getClock().toEpochMilli();
    }

    private static Map<Bytes, byte[]> stored(BilledParts billed) {
        Map<Bytes, byte[]> stored = new HashMap<>();
        billed.forEach((day, key, part) ->
                stored.put(BilledDays.storeKey(day.workspaceId(), day.day(), key), BilledDays.stored(key, part)));
        return stored;
    }

    private Map<Bytes, byte[]> past() {
        CatchUp past = new CatchUp(ingested.size(), 0, reportedMillis());
        rejected.forEach(record -> past.addRefused(record.getOffset(), record.getReason()));
        return past.stored().entrySet().stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
