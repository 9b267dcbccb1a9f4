package io.weir.metering;

import io.weir.metering.attribution.Charge;
import io.weir.metering.control.ControlLog;
import io.weir.metering.control.ControlTable;
import io.weir.metering.window.DayUsage;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Third step: finds who pays for which part of a day, as of each window's start (rules.md §6). */
final class AttributionProcessor implements Processor<Object, DayUsage, Object, AttributedDay> {

    private final ControlLog control;
    private ProcessorContext<Object, AttributedDay> context;

    AttributionProcessor(ControlLog control) {
        this.control = control;
    }

    @Override
    public void init(ProcessorContext<Object, AttributedDay> context) {
        this.context = context;
    }

    @Override
    public void process(Record<Object, DayUsage> record) {
        DayUsage usage = record.value();
        ControlTable table = control.table();
        List<Charge> charges = table.attribution(usage.workspaceId())
                .charges(usage.day(), usage.totals(), table.catalogue().itemsOn(usage.day()));
        context.forward(record.withValue(new AttributedDay(usage, charges, table)));
    }
}
