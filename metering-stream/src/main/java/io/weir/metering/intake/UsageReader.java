package io.weir.metering.intake;

import io.weir.usage.Reason;
import io.weir.usage.UsageEvent;
import io.weir.wire.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Check 2: is the value a readable UsageEvent? What was written with this release's schema, or one of the same form, is read
 * in place; anything else is first brought into that form by Avro's schema resolution.
 */
public final class UsageReader {

    private static final byte MAGIC_BYTE = 0;
    private static final int HEADER_BYTES = 5;

    private final WriterSchemas schemas;
    private final UsageDecoder decoder = new UsageDecoder();
    /** The schema id of this release's own form; no id as long as none was met, since each of 32 bits may stand in a record. */
    private long ownId = Long.MIN_VALUE;

    /** A reader that finds writers' schemas there. */
    public UsageReader(WriterSchemas schemas) {
        TrustedRecords.trust();
        this.schemas = schemas;
    }

    /** Fills the view; returns why the value is not readable, or null. */
    @Nullable
    Rejection read(byte[] value, UsageView view) {
        if (value.length > Checks.LARGEST_VALUE_BYTES) {
            return malformed("a value of " + LongValue.length(value) + " bytes is longer than 1 MiB");
        }
        if (value.length < HEADER_BYTES || value[0] != MAGIC_BYTE) {
            return malformed("the value does not begin with the magic byte 0 and a schema id");
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        String problem = id == ownId ? decoder.decode(value, HEADER_BYTES, view) : learnAndRead(id, value, view);
        return problem == null ? null : malformed(problem);
    }

    private @Nullable String learnAndRead(int id, byte[] value, UsageView view) {
        WriterSchemas.Writer writer = schemas.of(id);
        if (writer == null) {
            return "the registry knows no schema " + id;
        }
        if (writer.own()) {
            ownId = id;
            return decoder.decode(value, HEADER_BYTES, view);
        }
        if (!writer.schema().getFullName().equals(UsageEvent.getClassSchema().getFullName())) {
            return "schema " + id + " is a " + writer.schema().getFullName() + " and not a UsageEvent";
        }
        return resolveAndRead(writer.schema(), value, view);
    }

    private @Nullable String resolveAndRead(Schema writer, byte[] value, UsageView view) {
        try {
            BinaryDecoder in =
                    DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
            UsageEvent event = new SpecificDatumReader<UsageEvent>(writer, UsageEvent.getClassSchema()).read(null, in);
            return in.isEnd() ? decoder.decode(encoded(event), 0, view) : "bytes after the end of the event";
        } catch (IOException
                | RuntimeException
                | StackOverflowError unreadable) { // Avro throws many kinds for bytes that are not what they claim
            return "not readable with its writer's schema: "
                    + unreadable.getClass().getSimpleName();
        }
    }

    private static byte[] encoded(UsageEvent event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<UsageEvent>(UsageEvent.getClassSchema()).write(event, out);
        return bytes.toByteArray();
    }

    private static Rejection malformed(String detail) {
        return new Rejection(Reason.MALFORMED, detail);
    }
}
