package io.weir.metering;

import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.WriterSchemas;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.TopicNames;
import java.time.Duration;
import java.util.Map;
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
        WriterSchemas schemas = new WriterSchemas(registry, Duration.ZERO);
        Origin origin = Origin.of(partitions, Map.of());
        new MeteringTopology(TopicNames.LIVE, control, schemas, records, new PartitionReports(), grace, origin)
                .into(empty);
    }
}
