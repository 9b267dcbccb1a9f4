package io.weir.metering;

import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.RegistryProxy.Health;
import io.weir.usage.UsageEvent;
import io.weir.wire.EmbeddedRegistry;
import io.weir.wire.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that is away is waited for, and nothing is refused for it (rules.md §3). */
class RegistryInTroubleTest {

    private static final int STUBBORN = 3;
    private static final int HEADER_BYTES = 5;

    @TempDir
    Path folder;

    @Test
    void nothingIsRefusedWhileItFailsHangsOrIsBehind() throws Exception {
        try (RegistryProxy registry =
                new RegistryProxy(EmbeddedRegistry.shared().url())) {
            // Given
            registry.be(Health.FAILING);
            try (TinyStream stream = new TinyStream(folder, "registry-away", registry.settings())) {
                awaitTrouble(registry);
                registry.be(Health.WELL);
                stream.awaitMetered(stream.end);

                // When
                for (Health health : List.of(Health.FAILING, Health.HANGING, Health.BEHIND)) {
                    byte[] value = writtenWithANewSchema(stream, health);
                    registry.be(health);
                    stream.topics.write("none", stream.end, TinyStream.WORKSPACE.getBytes(UTF_8), value, List.of());
                    awaitTrouble(registry);
                    registry.be(Health.WELL);
                }
                Instant later = stream.end.plus(Duration.ofMinutes(5));
                stream.topics.move(later);
                stream.awaitMetered(later);

                // Then
                assertThat(stream.records("ACCEPTED")).isEqualTo(TinyStream.ACCEPTED + 3);
                assertThat(stream.records("REJECTED")).isEqualTo(TinyStream.REJECTED);
            }
        }
    }

    private static void awaitTrouble(RegistryProxy registry) {
        await().until(() -> registry.troubles() >= STUBBORN);
    }

    /** An event of a producer whose schema has one more field at its end, a number, and is used for the first time. */
    private static byte[] writtenWithANewSchema(TinyStream stream, Health health) {
        byte[] own = stream.topics.written(stream.event("producer-" + health));
        ByteBuffer newer = ByteBuffer.allocate(own.length + 1).put(own).put((byte) 0);
        int id = SchemaRegistry.of(EmbeddedRegistry.shared().settings())
                .register("usage-events-value", newSchema("for_" + health));
        return newer.putInt(HEADER_BYTES - Integer.BYTES, id).array();
    }

    private static Schema newSchema(String field) {
        Schema own = UsageEvent.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        own.getFields().forEach(each -> fields.add(new Schema.Field(each, each.schema())));
        fields.add(new Schema.Field(field, Schema.create(Schema.Type.INT), "A number.", 0));
        return Schema.createRecord(own.getName(), own.getDoc(), own.getNamespace(), false, fields);
    }
}
