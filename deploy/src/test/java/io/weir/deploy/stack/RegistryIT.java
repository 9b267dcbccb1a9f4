package io.weir.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.UsageEvent;
import io.weir.wire.SchemaRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryIT {

    @TempDir
    Path folder;

    @Test
    void aSchemaOnceRegisteredOutlivesAKill() {
        try (DataFolder data = DataFolder.open(folder);
                Registry registry = Registry.start(data)) {
            // Given
            registry.awaitReady();
            int id = client(registry).register("usage-events-value", UsageEvent.getClassSchema());

            // When
            registry.kill();
            registry.startAgain();

            // Then
            assertThat(client(registry).schemaById(id)).isPresent();
        }
    }

    private static SchemaRegistry client(Registry registry) {
        return SchemaRegistry.of(Map.of("schema.registry.url", registry.url()));
    }
}
