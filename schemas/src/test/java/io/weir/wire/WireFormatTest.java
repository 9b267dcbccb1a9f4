package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.usage.MeteringProgress;
import io.weir.usage.UsageEvent;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    @Test
    void writesTheBytesThatConfluentWrites() {
        // Given a registry in which the schema gets id 3
        Map<String, String> settings = Map.of("schema.registry.url", "mock://by-hand");
        SchemaRegistry registry = SchemaRegistry.of(settings);
        registry.register("other", Schema.create(Schema.Type.INT));
        registry.register("another", Schema.create(Schema.Type.LONG));

        // When
        byte[] bytes = serializer(settings).serialize("metering-progress", progress());

        // Then: magic byte, id, then zigzag varints: 2, 8, 1000 and 500
        assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes)).isEqualTo("00 00 00 00 03 04 10 d0 0f e8 07");
    }

    @Test
    void writesTextAndArraysAsAvroSays() {
        // Given
        UsageEvent event = new UsageEvent("w", "s", null, "e", Instant.EPOCH, "", List.of());

        // When
        byte[] bytes = serializer(Map.of("schema.registry.url", "mock://text")).serialize("usage-events", event);

        // Then
        assertThat(new String(bytes, UTF_8))
                .isEqualTo("\0\0\0\0\1" + "\2w" + "\2s" + "\0" + "\2e" + "\0" + "\0" + "\0");
    }

    @Test
    void leavesNullAsNull() {
        // Given
        AvroSerde<SpecificRecord> serde = new AvroSerde<>();
        serde.configure(Map.of("schema.registry.url", "mock://nulls"), false);

        // When, Then
        assertThat(serde.serializer().serialize("usage-events", null)).isNull();
        assertThat(serde.deserializer().deserialize("usage-events", null)).isNull();
    }

    @Test
    void doesNotServeKeys() {
        assertThatThrownBy(() -> new AvroSerde<>().configure(Map.of("schema.registry.url", "mock://keys"), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("StringSerializer");
    }

    @Test
    void writesByASchemaThatIsThereWhenItMayNotRegister() {
        // Given
        Map<String, String> settings =
                Map.of("schema.registry.url", "mock://no-registering", "auto.register.schemas", "false");
        AvroSerializer<MeteringProgress> serializer = serializer(settings);

        // When, Then
        assertThatThrownBy(() -> serializer.serialize("metering-progress", progress()))
                .isInstanceOf(SchemaNotRegistered.class)
                .hasMessageContaining("metering-progress-value")
                .hasMessageContaining("auto.register.schemas=true");

        // When
        SchemaRegistry.of(settings).register("metering-progress-value", MeteringProgress.getClassSchema());

        // Then
        assertThat(serializer.serialize("metering-progress", progress())).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void writesByTheNewestVersionWhenThatWritesTheSame() {
        // Given a newest version that differs in a doc only
        Map<String, String> settings = Map.of(
                "schema.registry.url", "mock://newest", "auto.register.schemas", "false", "use.latest.version", "true");
        SchemaRegistry registry = SchemaRegistry.of(settings);
        registry.register("metering-progress-value", MeteringProgress.getClassSchema());
        String reworded =
                MeteringProgress.getClassSchema().toString().replace("Partition of usage-events.", "Partition.");
        int newest = registry.register("metering-progress-value", new Schema.Parser().parse(reworded));

        // When
        byte[] bytes = serializer(settings).serialize("metering-progress", progress());

        // Then
        assertThat(bytes).startsWith(0, 0, 0, 0, newest);
    }

    @Test
    void refusesANewestVersionThatWritesOtherBytes() {
        // Given
        Map<String, String> settings = Map.of(
                "schema.registry.url",
                "mock://other-bytes",
                "auto.register.schemas",
                "false",
                "use.latest.version",
                "true");
        SchemaRegistry.of(settings).register("metering-progress-value", UsageEvent.getClassSchema());

        // When, Then
        assertThatThrownBy(() -> serializer(settings).serialize("metering-progress", progress()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("metering-progress-value");
    }

    private static MeteringProgress progress() {
        return new MeteringProgress(2, 8, Instant.ofEpochMilli(1000), Instant.ofEpochMilli(500));
    }

    private static <T extends SpecificRecord> AvroSerializer<T> serializer(Map<String, String> settings) {
        AvroSerializer<T> serializer = new AvroSerializer<>();
        serializer.configure(settings, false);
        return serializer;
    }
}
