package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.usage.MeteringProgress;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.wire.UnreadableRecord.Fault;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableRecordTest {

    private static final Map<String, String> SETTINGS = Map.of("schema.registry.url", "mock://unreadable");
    private static final SchemaRegistry REGISTRY = SchemaRegistry.of(SETTINGS);

    private final AvroDeserializer<UsageEvent> deserializer = new AvroDeserializer<>(REGISTRY, UsageEvent.class);
    private final byte[] event =
            bytes(new UsageEvent("wksp_1", "host-1", 7L, "e-7", Instant.EPOCH, "", List.of(new Reading("spans", 12L))));

    @Test
    void refusesOtherFormats() {
        assertThat(fault(new byte[0])).isEqualTo(Fault.NOT_FRAMED);
        assertThat(fault(new byte[] {0, 0, 0, 1})).isEqualTo(Fault.NOT_FRAMED);
        assertThat(fault("{\"json\": true}".getBytes(UTF_8))).isEqualTo(Fault.NOT_FRAMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 999, Integer.MAX_VALUE})
    void refusesAnUnknownSchemaId(int id) {
        assertThat(fault(ByteBuffer.wrap(event.clone()).putInt(1, id).array())).isEqualTo(Fault.UNKNOWN_SCHEMA);
    }

    @Test
    void refusesARecordOfAnotherType() {
        // Given
        byte[] progress = bytes(new MeteringProgress(0, 1, Instant.EPOCH, Instant.EPOCH));

        // When, Then
        assertThat(fault(progress)).isEqualTo(Fault.OTHER_RECORD);
    }

    @Test
    void refusesARecordOfTheSameNameThatDoesNotFit() {
        // Given
        Schema schema = Schema.createRecord("UsageEvent", "", "io.weir.usage", false, List.of());
        int id = REGISTRY.register("misfit", schema);

        // When, Then
        assertThat(fault(ByteBuffer.allocate(5).putInt(1, id).array())).isEqualTo(Fault.OTHER_RECORD);
    }

    @Test
    void refusesARecordCutAnywhere() {
        for (int length = WireFormat.HEADER_BYTES; length < event.length; length++) {
            assertThat(fault(Arrays.copyOf(event, length)))
                    .as("cut to %d bytes", length)
                    .isEqualTo(Fault.TRUNCATED);
        }
    }

    @Test
    void refusesBytesAfterTheRecord() {
        assertThat(fault(Arrays.copyOf(event, event.length + 1))).isEqualTo(Fault.TRAILING_BYTES);
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 1_000_000, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesATextThatClaimsALengthItDoesNotHave(long length) {
        // Given
        byte[] claim = header(varint(length), "abc".getBytes(UTF_8));

        // When, Then
        assertThat(fault(claim)).isIn(Fault.MALFORMED, Fault.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesAnArrayThatClaimsItemsItDoesNotHave(long items) {
        // Given an event up to its readings
        byte[] whole = bytes(new UsageEvent("w", "s", null, "e", Instant.EPOCH, "", List.of()));
        byte[] upToReadings = Arrays.copyOfRange(whole, WireFormat.HEADER_BYTES, whole.length - 1);

        // When, Then
        assertThat(fault(header(upToReadings, varint(items)))).isIn(Fault.MALFORMED, Fault.TRUNCATED);
    }

    @Test
    void refusesAUnionBranchThatIsNotThere() {
        // Given workspace and source empty, then branch 9 of sequence
        assertThat(fault(header(new byte[] {0, 0}, varint(9)))).isIn(Fault.MALFORMED, Fault.OTHER_RECORD);
    }

    @Test
    void readsOnAfterAnUnreadableRecord() {
        // Given
        fault(Arrays.copyOf(event, event.length - 1));

        // When, Then
        assertThat(deserializer.read(event).getSequence()).isEqualTo(7L);
    }

    private Fault fault(byte[] bytes) {
        return catchThrowableOfType(UnreadableRecord.class, () -> deserializer.read(bytes))
                .fault();
    }

    private byte[] header(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(256).put(event, 0, WireFormat.HEADER_BYTES);
        Arrays.stream(parts).forEach(joined::put);
        return Arrays.copyOf(joined.array(), joined.position());
    }

    /** Avro's long: zigzag, 7 bits a byte, low bits first. */
    private static byte[] varint(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(10);
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7F) != 0) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] bytes(SpecificRecord record) {
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        serializer.configure(SETTINGS, false);
        return Objects.requireNonNull(serializer.serialize(record.getSchema().getName(), record));
    }
}
