package io.weir.publish;

import io.weir.usage.UsageEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * A numbered event as it waits in the spool: what is sent, but for the registry's id of its schema.
 *
 * @param number its identity
 * @param schema fingerprint of the schema by which {@code avro} was written
 * @param avro the event in Avro binary
 */
record SpooledEvent(EventNumber number, long schema, ByteBuffer avro) {

    /** A numbered event, in Avro binary. */
    static SpooledEvent of(UsageEvent event, long schema) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<UsageEvent>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        EventNumber number = new EventNumber(event.getWorkspaceId(), event.getSource(), event.getSequence());
        return new SpooledEvent(number, schema, ByteBuffer.wrap(bytes.toByteArray()));
    }

    /** The bytes of the spool: a checksum, which the place within the spool enters, and what it is of. */
    byte[] encode(long position) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(number.workspaceId());
            out.writeUTF(number.source());
            out.writeLong(number.sequence());
            out.writeLong(schema);
            out.write(avro.array(), avro.arrayOffset(), avro.remaining());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        byte[] body = bytes.toByteArray();
        return ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(checksum(position, ByteBuffer.wrap(body)))
                .put(body)
                .array();
    }

    /** Reads what {@link #encode} wrote at the same position. */
    static SpooledEvent decode(long position, byte[] bytes) throws IOException {
        ByteBuffer body = ByteBuffer.wrap(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
        if (ByteBuffer.wrap(bytes).getInt() != checksum(position, body.duplicate())) {
            throw new IOException(
                    "the event at position %d of the spool has changed since it was written".formatted(position));
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
        try (DataInputStream in = new DataInputStream(rest)) {
            EventNumber number = new EventNumber(in.readUTF(), in.readUTF(), in.readLong());
            return new SpooledEvent(number, in.readLong(), ByteBuffer.wrap(in.readAllBytes()));
        }
    }

    private static int checksum(long position, ByteBuffer body) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position));
        checksum.update(body);
        return (int) checksum.getValue();
    }
}
