package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.billing.ControlRecord;
import io.weir.usage.MeteringProgress;
import io.weir.usage.UsageEvent;
import io.weir.wire.StubRegistry.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Confluent's own serializer and deserializer stand in for Weir's, on a real registry: same bytes, same answers to trouble. */
class GenuineConfluentTest {

    static final String CONFLUENTS_SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    static final String CONFLUENTS_DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";

    private static final MeteringProgress PROGRESS =
            new MeteringProgress(2, 8, Instant.ofEpochMilli(1000), Instant.ofEpochMilli(500));

    private final Map<String, String> settings =
            RegistrySettings.of(settings(EmbeddedRegistry.shared().url()));

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void bothWriteTheSameBytes(Topic topic) throws Exception {
        // Given
        Serializer<SpecificRecord> weirs = weirs();
        Serializer<SpecificRecord> confluents = NamedSerializer.of(CONFLUENTS_SERIALIZER, settings);

        for (SpecificRecord record : RandomRecords.of(topic)) {
            // When
            byte[] written = confluents.serialize("same-" + topic.name(), record);

            // Then
            assertThat(weirs.serialize("same-" + topic.name(), record)).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void eachReadsWhatTheOtherWrote(Topic topic) throws Exception {
        // Given
        Serializer<SpecificRecord> weirs = weirs();
        Serializer<SpecificRecord> confluents = NamedSerializer.of(CONFLUENTS_SERIALIZER, settings);
        Deserializer<SpecificRecord> weirsReader = new AvroDeserializer<>();
        weirsReader.configure(settings, false);
        Deserializer<SpecificRecord> confluentsReader = confluentsReader(settings, SpecificRecord.class);

        for (SpecificRecord record : RandomRecords.of(topic)) {
            // When
            SpecificRecord byConfluent =
                    confluentsReader.deserialize(topic.name(), weirs.serialize(topic.name(), record));
            SpecificRecord byWeir = weirsReader.deserialize(topic.name(), confluents.serialize(topic.name(), record));

            // Then
            assertThat(byConfluent).isEqualTo(record);
            assertThat(byWeir).isEqualTo(record);
        }
    }

    @Test
    void everyKindOfChangeIsAmongTheRecords() throws IOException {
        assertThat(RandomRecords.of(Topics.CONTROL))
                .extracting(record -> ((SpecificRecord) ((ControlRecord) record).getChange()).getSchema())
                .containsAll(ControlRecord.getClassSchema()
                        .getField("change")
                        .schema()
                        .getTypes());
    }

    /** Why Weir sets {@code avro.remove.java.properties}: without it there are two schemas, with two ids, of one record. */
    @Test
    void confluentsSerializerRegistersAFormOfItsOwnUnlessTold() throws Exception {
        // Given
        Map<String, String> untold = new HashMap<>(settings);
        untold.remove("avro.remove.java.properties");
        SpecificRecord event = RandomRecords.of(Topics.USAGE_EVENTS).get(0);

        // When
        byte[] told = NamedSerializer.of(CONFLUENTS_SERIALIZER, settings).serialize("told", event);
        byte[] other = NamedSerializer.of(CONFLUENTS_SERIALIZER, untold).serialize("told", event);

        // Then
        SchemaRegistry registry = SchemaRegistry.of(settings);
        assertThat(told).isEqualTo(weirs().serialize("told", event));
        assertThat(registry.schemaById(id(told)).orElseThrow().toString()).doesNotContain("avro.java.string");
        assertThat(registry.schemaById(id(other)).orElseThrow().toString()).contains("avro.java.string");
    }

    @Test
    void confluentsClassesTakeEverySettingThatWeirsDo() throws Exception {
        // Given what the metering stream sets, and the other one that Confluent's client takes as a number only
        Map<String, String> more = new HashMap<>(settings);
        more.put("missing.id.cache.ttl.sec", "1");
        more.put("missing.cache.size", "10");
        more.put("schema.registry.wait.ms", Integer.toString(Integer.MAX_VALUE));

        // When
        byte[] written = NamedSerializer.of(CONFLUENTS_SERIALIZER, more).serialize("every", PROGRESS);

        // Then
        assertThat(confluentsReader(more, MeteringProgress.class).deserialize("every", written))
                .isEqualTo(PROGRESS);
    }

    @Test
    void bothWriteByTheNewestVersionWhereToldTo() throws Exception {
        // Given a newest version that differs in a doc only
        SchemaRegistry registry = SchemaRegistry.of(settings);
        String reworded = PROGRESS.getSchema().toString().replace("Partition of usage-events.", "Partition.");
        registry.register("newest-value", PROGRESS.getSchema());
        int newest = registry.register("newest-value", new Schema.Parser().parse(reworded));
        Map<String, String> told = new HashMap<>(settings);
        told.put("auto.register.schemas", "false");
        told.put("use.latest.version", "true");

        // When
        byte[] byConfluent = NamedSerializer.of(CONFLUENTS_SERIALIZER, told).serialize("newest", PROGRESS);
        byte[] byWeir = NamedSerializer.of("io.weir.wire.AvroSerializer", told).serialize("newest", PROGRESS);

        // Then
        assertThat(id(byConfluent)).isEqualTo(newest);
        assertThat(byWeir).isEqualTo(byConfluent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0001", "7b226a736f6e223a317d"})
    void bytesWithoutAHeaderAreNoRecord(String hex) throws Exception {
        // Given
        Deserializer<UsageEvent> reader = confluentsReader(settings, UsageEvent.class);

        // When, Then
        assertThatThrownBy(
                        () -> reader.deserialize("usage-events", HexFormat.of().parseHex(hex)))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void bytesThatEndTooEarlyOrMakeNoNumberAreNoRecord() throws Exception {
        // Given
        Deserializer<MeteringProgress> reader = confluentsReader(settings, MeteringProgress.class);
        byte[] whole = Objects.requireNonNull(weirs().serialize("metering-progress", PROGRESS));
        byte[] noNumber = Arrays.copyOf(whole, 30);
        Arrays.fill(noNumber, WireFormat.HEADER_BYTES, noNumber.length, (byte) 0xff);

        // When, Then
        assertThatThrownBy(() -> reader.deserialize("any", Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> reader.deserialize("any", noNumber)).isInstanceOf(SerializationException.class);
    }

    @Test
    void anotherRecordThanTheExpectedOneIsNone() throws Exception {
        // Given
        Deserializer<UsageEvent> reader = confluentsReader(settings, UsageEvent.class);
        byte[] progress = weirs().serialize("metering-progress", PROGRESS);

        // When, Then
        assertThatThrownBy(() -> reader.deserialize("usage-events", progress))
                .isInstanceOf(SerializationException.class)
                .hasMessage("a io.weir.usage.MeteringProgress, not a io.weir.usage.UsageEvent");
    }

    /** On topics that only Weir writes, the registry is behind, and not the record bad. */
    @Test
    void anIdThatTheRegistryDoesNotKnowIsWaitedFor() throws Exception {
        // Given
        Deserializer<MeteringProgress> reader = confluentsReader(settings, MeteringProgress.class);
        byte[] unknown = ByteBuffer.allocate(9).putInt(1, 999_999).array();

        // When, Then
        assertThatThrownBy(() -> reader.deserialize("any", unknown)).isInstanceOf(SchemaRegistryUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 408, 429, 500, 502, 503})
    void aRegistryThatGivesNoAnswerIsWaitedFor(int status) throws Exception {
        try (StubRegistry stub = new StubRegistry(new Reply(status, "<html>not a registry</html>"))) {
            // Given
            Deserializer<MeteringProgress> reader =
                    confluentsReader(RegistrySettings.of(settings(stub.url())), MeteringProgress.class);

            // When, Then
            assertThatThrownBy(() -> reader.deserialize("any", new byte[9]))
                    .isInstanceOf(SchemaRegistryUnavailable.class);
        }
    }

    @Test
    void aRegistryThatNothingListensForIsWaitedFor() throws Exception {
        // Given
        Map<String, String> nobody = RegistrySettings.of(settings("http://127.0.0.1:" + FreePort.next()));
        Deserializer<MeteringProgress> reader = confluentsReader(nobody, MeteringProgress.class);

        // When, Then
        assertThatThrownBy(() -> reader.deserialize("any", new byte[9])).isInstanceOf(SchemaRegistryUnavailable.class);
    }

    @Test
    void confluentsSerializerWaitsUntilTheRegistryIsBack() throws Exception {
        Reply failing = new Reply(503, "{\"error_code\": 50301, \"message\": \"starting\"}");
        Reply registered = new Reply(200, "{\"id\": 7}");
        try (StubRegistry stub = new StubRegistry(failing, failing, failing, failing, failing, failing, registered)) {
            // Given
            Map<String, String> told = RegistrySettings.of(settings(stub.url()));
            told.put("max.retries", "0");

            // When
            byte[] written = NamedSerializer.of(CONFLUENTS_SERIALIZER, told).serialize("metering-progress", PROGRESS);

            // Then
            assertThat(written).startsWith(0, 0, 0, 0, 7);
            assertThat(stub.paths()).hasSize(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void confluentsSerializerDoesNotWaitWhenItsSchemaIsRefused(int status) throws Exception {
        try (StubRegistry stub =
                new StubRegistry(new Reply(status, "{\"error_code\": %d, \"message\": \"no\"}".formatted(status)))) {
            // Given
            Serializer<SpecificRecord> serializer =
                    NamedSerializer.of(CONFLUENTS_SERIALIZER, RegistrySettings.of(settings(stub.url())));

            // When, Then
            assertThatThrownBy(() -> serializer.serialize("metering-progress", PROGRESS))
                    .isInstanceOf(SerializationException.class);
        }
    }

    private Serializer<SpecificRecord> weirs() {
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        serializer.configure(settings, false);
        return serializer;
    }

    private static <T extends SpecificRecord> Deserializer<T> confluentsReader(
            Map<String, String> settings, Class<T> type) throws ClassNotFoundException {
        return NamedDeserializer.of(CONFLUENTS_DESERIALIZER, settings, type);
    }

    private static Settings settings(String url) {
        return Settings.load(new String[0], Map.of("SCHEMA_REGISTRY_URL", url));
    }

    private static int id(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }
}
