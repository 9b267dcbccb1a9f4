package io.weir.metering;

import io.weir.metering.attribution.Charge;
import io.weir.metering.control.ControlTable;
import io.weir.metering.window.DayUsage;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Third step: finds who pays for which part of a day, as of each window's start (rules.md §6). */
final class AttributionProcessor implements Processor<Object, DueDay, Object, AttributedDay> {

    private ProcessorContext<Object, AttributedDay> context;

    @Override
    public void init(ProcessorContext<Object, AttributedDay> context) {
        this.context = context;
    }

    @Override
    public void process(Record<Object, DueDay> record) {
        DayUsage usage = record.value().usage();
        ControlTable table = record.value().table();
        List<Charge> charges = table.attribution(usage.workspaceId())
                .charges(usage.day(), usage.totals(), table.catalogue().itemsOn(usage.day()));
        context.forward(record.withValue(new AttributedDay(usage, charges, table)));
    }
}
