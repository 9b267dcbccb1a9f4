package io.weir.metering.rebuild;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.metering.MeteringConfig;
import io.weir.metering.control.ControlLog;
import io.weir.metering.control.ControlTable;
import io.weir.metering.intake.CatchUp;
import io.weir.usage.MeteringProgress;
import io.weir.usage.RejectedUsage;
import io.weir.wire.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/**
 * Rebuilds a metering stream that has lost its state, under a new application id (rules.md §7). {@link #find} takes what was
 * billed from the topics, {@link #seed} puts it where the new stream finds it at its first start. That start reads usage
 * again and issues only differences, with the next revision.
 */
public final class Rebuild implements AutoCloseable {

    private final MeteringConfig config;
    private final MeteringConfig rebuilt;
    private final Admin admin;
    private final OldStream old;
    private final CommittedRecords records;

    /**
     * @param config settings of the stream whose state is lost
     * @param applicationId id of the stream that takes its place
     */
    public Rebuild(MeteringConfig config, String applicationId) {
        this.config = config;
        this.rebuilt = config.withApplicationId(applicationId);
        this.admin = Admin.create(new HashMap<>(config.kafka()));
        this.old = new OldStream(admin, config);
        this.records = new CommittedRecords(config);
    }

    /**
     * What the topics say. Changes nothing.
     *
     * @throws RebuildRefused if the bill would not be right, with what to do
     */
    public Findings find() {
        new NewStream(admin, rebuilt).requireUnused(config.applicationId());
        old.requireStopped();
        old.awaitEndOfTransactions();
        Requirements.requireWhole(old);
        KeptDays days = days();
        HeldParts held = held();
        long lost = held.keepOnly(day -> days.isKept(day) || days.isWhole(day));
        BilledParts billed = billed(days, held);
        billed.hold(held);
        return findings(days, billed, held.size(), lost);
    }

    /** Writes what was found into the state of the new stream. */
    public void seed(Findings findings) {
        new Seeding(admin, rebuilt).write(findings);
    }

    private KeptDays days() {
        Map<Integer, MeteringProgress> progress = progress();
        KeptDays days = new KeptDays(old.partitions(progress), controlTable(), config.grace());
        Requirements.requireSamePartitions(days.partitions().size(), progress.values());
        Requirements.requireUsage(days);
        return days;
    }

    private Map<Integer, MeteringProgress> progress() {
        Map<Integer, MeteringProgress> last = new HashMap<>();
        records.<MeteringProgress>forEach(Topics.METERING_PROGRESS, said -> last.put(said.getPartition(), said));
        return last;
    }

    private ControlTable controlTable() {
        ControlLog log = new ControlLog(config.topics().of(Topics.CONTROL), records.deserializer());
        records.forEachRaw(Topics.CONTROL, record -> log.take(record.offset(), record.key(), record.value()));
        return log.table();
    }

    private HeldParts held() {
        HeldParts held = new HeldParts();
        records.<HeldLine>forEach(Topics.HELD_LINES, held::add);
        return held;
    }

    private BilledParts billed(KeptDays days, HeldParts held) {
        BilledParts billed = new BilledParts();
        records.<BillLine>forEach(Topics.BILL_LINES, line -> {
            WorkspaceDay day = new WorkspaceDay(line.getWorkspaceId(), line.getDay());
            if (days.isKept(day) || held.byDay().containsKey(day)) {
                billed.add(line);
            }
        });
        return billed;
    }

    private Findings findings(KeptDays days, BilledParts billed, long held, long lost) {
        List<CatchUp> pasts = days.partitions().stream()
                .map(each -> new CatchUp(each.endOffset(), each.processedTo(), each.reportedMillis()))
                .toList();
        AtomicLong refused = new AtomicLong();
        records.<RejectedUsage>forEach(Topics.REJECTED_USAGE, record -> {
            if (record.getOffset()
                    >= days.partitions().get(record.getPartition()).firstOffset()) {
                pasts.get(record.getPartition()).addRefused(record.getOffset(), record.getReason());
                refused.incrementAndGet();
            }
        });
        return new Findings(days, billed, held, lost, pasts, refused.get());
    }

    @Override
    public void close() {
        admin.close();
    }
}
