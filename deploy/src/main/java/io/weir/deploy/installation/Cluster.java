package io.weir.deploy.installation;

import io.weir.metering.MeteringConfig;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.SchemaRegistry;
import io.weir.wire.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The broker and the registry of an installation, reached as its metering stream reaches them.
 *
 * @param kafka settings of Kafka's clients; each client takes those that it knows
 * @param registry where the writers' schemas are found
 * @param topics under which names the topics of the catalogue are found
 */
public record Cluster(Map<String, String> kafka, SchemaRegistry registry, TopicNames topics) {

    private static final String REGISTRY_PATIENCE = "schema.registry.wait.ms";

    /** Defensive copy. */
    public Cluster {
        kafka = Map.copyOf(kafka);
    }

    /** The cluster of this metering stream. A person waits here, so the registry is waited for 30 seconds at most. */
    public static Cluster of(MeteringConfig metering) {
        return new Cluster(metering.kafka(), SchemaRegistry.of(patientRegistry(metering)), metering.topics());
    }

    /** The registry's settings for a command: with the same patience. */
    public static Map<String, String> patientRegistry(MeteringConfig metering) {
        Map<String, String> registry = new HashMap<>(metering.registry());
        registry.put(REGISTRY_PATIENCE, "30000");
        return registry;
    }

    /** A cluster that asks for no credentials. */
    public static Cluster at(String bootstrapServers, String registryUrl) {
        return new Cluster(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                SchemaRegistry.of(Map.of("schema.registry.url", registryUrl)),
                TopicNames.LIVE);
    }

    /** An administrator, who here only asks. */
    public Admin admin() {
        return Admin.create(settings("admin.", AdminClientConfig.configNames()));
    }

    /** A reader of the committed records of any topic of this installation. */
    public CommittedLog log() {
        return new CommittedLog(this);
    }

    /** Reads values of one type. */
    public <T extends SpecificRecord> AvroDeserializer<T> values(Class<T> type) {
        return new AvroDeserializer<>(registry, type);
    }

    /** A producer that loses nothing and sends nothing twice, to the partition that Kafka's default partitioner chooses. */
    public Producer<byte[], byte[]> producer(int largestRequestBytes) {
        return producer(largestRequestBytes, Map.of());
    }

    /** Such a producer that writes in transactions; of several with one id only the one that began last may write. */
    public Producer<byte[], byte[]> transactionalProducer(int largestRequestBytes, String transactionalId) {
        return producer(largestRequestBytes, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId));
    }

    private Producer<byte[], byte[]> producer(int largestRequestBytes, Map<String, Object> more) {
        Map<String, Object> settings = settings("producer.", ProducerConfig.configNames());
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.putAll(more);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largestRequestBytes);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What one kind of client knows among the settings; those with its own prefix win. */
    Map<String, Object> settings(String prefix, Set<String> known) {
        Map<String, Object> settings = new HashMap<>(kafka);
        kafka.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                settings.put(key.substring(prefix.length()), value);
            }
        });
        settings.keySet().retainAll(known);
        return settings;
    }
}
