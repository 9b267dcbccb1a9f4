package io.weir.metering.recomputation;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** An event as a producer puts it on the usage topic. */
public final class Wire {

    private static final int MAGIC_BYTE_AND_SCHEMA_ID = 5;

    private Wire() {}

    /** The event as the record that its schema describes. */
    public static UsageEvent usageEvent(Event event) {
        return new UsageEvent(
                event.workspaceId(),
                event.source(),
                event.sequence(),
                event.eventId(),
                event.occurredAt(),
                event.resource(),
                event.readings().stream()
                        .map(reading -> new Reading(reading.meter(), reading.quantity()))
                        .toList());
    }

    /** Length of the record's value in bytes, magic byte and schema id included. */
    static int length(Event event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(UsageEvent.class).write(usageEvent(event), encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return MAGIC_BYTE_AND_SCHEMA_ID + bytes.size();
    }
}
