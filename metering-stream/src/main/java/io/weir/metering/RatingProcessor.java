package io.weir.metering;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.metering.control.ControlTable;
import io.weir.metering.rating.Billed;
import io.weir.metering.rating.Corrections;
import io.weir.metering.rating.LineKey;
import io.weir.metering.rating.Rated;
import io.weir.metering.rating.Rating;
import io.weir.metering.state.CommitHook;
import io.weir.metering.window.DayUsage;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Fourth step: prices a day's charges and issues what differs from what has been billed, as lines; what can't be priced is
 * held (rules.md §6, §7).
 */
final class RatingProcessor implements Processor<Object, AttributedDay, Object, Object> {

    private final CommitHook hook;
    private final PartitionReports reports;

    private ProcessorContext<Object, Object> context;
    private BilledDays billedDays;
    private PartitionReports.Lines issued = PartitionReports.Lines.NONE;

    RatingProcessor(CommitHook hook, PartitionReports reports) {
        this.hook = hook;
        this.reports = reports;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        billedDays = new BilledDays(context.getStateStore(MeteringTopology.BILLED));
        issued = PartitionReports.Lines.NONE;
        hook.onCommit(context.taskId(), MeteringTopology.RATING, this::report);
        reports.lines().arrived(context.taskId().partition(), this, issued);
    }

    @Override
    public void process(Record<Object, AttributedDay> record) {
        AttributedDay day = record.value();
        DayUsage usage = day.usage();
        Rating rating = day.table().rating(usage.workspaceId());
        List<Rated> rated = day.charges().stream()
                .map(charge -> rating.rate(usage.day(), charge))
                .toList();
        SortedMap<LineKey, Billed> before = billedDays.of(usage.workspaceId(), usage.day());
        Corrections corrections = Corrections.between(rated, before);
        issue(corrections, before.isEmpty() ? usage : usage.closedBefore(), day.table(), record);
        billedDays.replace(usage.workspaceId(), usage.day(), before, corrections.billed());
    }

    private void issue(
            Corrections corrections, DayUsage usage, ControlTable table, Record<Object, AttributedDay> cause) {
        for (Corrections.Difference difference : corrections.lines()) {
            BillLine line = Lines.line(usage, difference, table);
            context.forward(new Record<>(line.getAccountId(), line, cause.timestamp()), MeteringTopology.BILL_LINES);
            issued = issued.and(line.getKind());
        }
        for (Corrections.HoldChange change : corrections.holds()) {
            HeldLine held = Lines.held(usage, change, table);
            context.forward(new Record<>(held.getAccountId(), held, cause.timestamp()), MeteringTopology.HELD_LINES);
        }
    }

    private void report() {
        reports.lines().tell(context.taskId().partition(), this, issued);
    }

    @Override
    public void close() {
        reports.lines().gone(context.taskId().partition(), this);
    }
}
