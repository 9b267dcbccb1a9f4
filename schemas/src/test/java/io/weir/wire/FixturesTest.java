package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class FixturesTest {

    @Test
    void startsARegistryAndABroker() throws Exception {
        SchemaRegistry registry = SchemaRegistry.of(EmbeddedRegistry.shared().settings());
        int id = registry.register("x-value", Topics.BILL_LINES.value());
        System.out.println("id " + id);
        assertThat(registry.schemaById(id)).contains(AvscForm.of(Topics.BILL_LINES.value()));
        assertThat(registry.schemaById(4711)).isEmpty();
        System.out.println(registry.latest("x-value").map(RegisteredSchema::id));
        System.out.println(registry.latest("nope-value").map(RegisteredSchema::id));
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", EmbeddedBroker.shared().bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }
}
