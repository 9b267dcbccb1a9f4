package io.weir.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.ControlRecord;
import io.weir.metering.control.ControlLog;
import io.weir.metering.intake.WriterSchemas;
import io.weir.metering.state.CommitHook;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.AvroSerializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.internals.CachingKeyValueStore;
import org.apache.kafka.streams.state.internals.ChangeLoggingKeyValueBytesStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of the topology are those of its changelogs: a renamed store would lose its state. */
class MeteringTopologyTest {

    @TempDir
    private Path state;

    @Test
    void isTheSameAsInTheReleaseThatWroteTheState() throws IOException {
        try (InputStream golden = MeteringTopologyTest.class.getResourceAsStream("/topology.txt")) {
            // Given
            String released = new String(Objects.requireNonNull(golden).readAllBytes(), UTF_8);

            // When / Then
            assertThat(topology().describe()).hasToString(released);
        }
    }

    @Test
    void aShadowHasTheSameStepsAndStoresWithTopicsOfItsOwnButForUsage() {
        // Given
        String shadow = topology(new TopicNames("shadow.")).describe().toString();

        // When
        String withoutPrefix = shadow.replace("shadow.", "");

        // Then
        assertThat(withoutPrefix).isEqualTo(topology().describe().toString());
        assertThat(shadow).contains("topics: [usage-events]", "topic: usage-events");
        assertThat(shadow)
                .contains(
                        "topics: [shadow.fee-center.control]",
                        "topic: shadow.rejected-usage",
                        "topic: shadow.usage-gaps",
                        "topic: shadow.metered-usage",
                        "topic: shadow.metering-progress",
                        "topic: shadow.fee-center.bill-lines",
                        "topic: shadow.held-lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"partition", "sources", "seen-ids", "gaps", "window-totals", "agenda", "billed"})
    void everyDurableStoreIsLoggedAndHasNoCacheOfItsOwn(String store) {
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(), properties())) {
            // When
            List<Class<?>> layers = layers(driver.getKeyValueStore(store));

            // Then
            assertThat(layers).contains(ChangeLoggingKeyValueBytesStore.class);
            assertThat(layers).doesNotContain(CachingKeyValueStore.class);
        }
    }

    @Test
    void theCommitHookIsCachedAndNotLogged() {
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(), properties())) {
            // When
            List<Class<?>> layers = layers(driver.getKeyValueStore(CommitHook.STORE));

            // Then
            assertThat(layers).contains(CachingKeyValueStore.class);
            assertThat(layers).doesNotContain(ChangeLoggingKeyValueBytesStore.class);
        }
    }

    @Test
    void hasNoOtherStores() {
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(), properties())) {
            assertThat(driver.getAllStateStores())
                    .containsOnlyKeys(
                            "partition",
                            "sources",
                            "seen-ids",
                            "gaps",
                            "window-totals",
                            "agenda",
                            "billed",
                            CommitHook.STORE,
                            ControlLog.STORE);
        }
    }

    @Test
    void everyDurableStoreIsLookedAtAtTheStart() {
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(), properties())) {
            // When
            Set<String> durable = new HashSet<>(driver.getAllStateStores().keySet());
            durable.removeAll(Set.of(CommitHook.STORE, ControlLog.STORE));

            // Then
            assertThat(MeteringTopology.LOGGED).containsExactlyInAnyOrderElementsOf(durable);
        }
    }

    private static List<Class<?>> layers(StateStore store) {
        List<Class<?>> layers = new ArrayList<>(List.of(store.getClass()));
        for (StateStore layer = store; layer instanceof WrappedStateStore<?, ?, ?> wrapped; ) {
            layer = wrapped.wrapped();
            layers.add(layer.getClass());
        }
        return layers;
    }

    private static Topology topology() {
        return topology(TopicNames.LIVE);
    }

    private static Topology topology(TopicNames topics) {
        Map<String, String> wire = Map.of("schema.registry.url", "mock://topology");
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        serializer.configure(wire, false);
        AvroDeserializer<ControlRecord> deserializer = new AvroDeserializer<>();
        deserializer.configure(wire, false);
        return new MeteringTopology(
                        topics,
                        new ControlLog(topics.of(Topics.CONTROL), deserializer),
                        new WriterSchemas(SchemaRegistry.of(wire), Duration.ZERO),
                        serializer,
                        new PartitionReports(),
                        Duration.ofHours(1),
                        Origin.of(1, Map.of()))
                .build();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("application.id", "weir-metering");
        properties.put("bootstrap.servers", "none:9092");
        properties.put("state.dir", state.toString());
        return properties;
    }
}
