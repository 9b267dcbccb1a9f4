package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.wire.SchemaRegistry;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;

/** The topology of the line, for tests in other packages. */
public final class LineTopology {

    private LineTopology() {}

    /** Adds the line to an empty topology; the parameters are those of {@link MeteringTopology}. */
    public static void into(
            Topology empty,
            ControlLog control,
            SchemaRegistry registry,
            Serializer<SpecificRecord> records,
            Duration grace,
            int partitions) {
        new MeteringTopology(control, registry, records, new PartitionReports(), grace, partitions).into(empty);
    }
}
