package io.weir.deploy.security;

import static io.weir.wire.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.deploy.scenario.ControlChange;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.metering.MeteringConfig;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Patience;
import io.weir.wire.SecuredBroker;
import io.weir.wire.Settings;
import io.weir.wire.Topic;
import io.weir.wire.TopicCreation;
import io.weir.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.tools.AclCommand;
import org.jspecify.annotations.Nullable;

/** The topics on a broker whose authoriser is on, with what {@code acls.sh} grants, and everybody who comes there as who they are. */
final class SecuredLine implements AutoCloseable {

    static final String PRODUCER = "weir-producer";
    static final String CONTROL = "weir-control";
    static final String METERING = "weir-metering";
    static final String FEE_CENTER = "weir-fee-center";
    static final String OPERATOR = "weir-operator";

    static final Scenario TINY = Scenario.open(Path.of("src/test/resources/scenarios/tiny"));

    static final Duration PATIENCE = Patience.PATIENCE;
    private static final int PARTITIONS = 2;
    private static final String REGISTRY = "mock://secured";

    private final Path folder;
    private final SecuredBroker broker;
    private final Admin superUser;
    private final LedgerServer database = new LedgerServer();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final Queue<UsageRecord> coming;
    private Instant latest = Instant.MIN;

    SecuredLine(Path folder) throws IOException {
        this.folder = folder;
        broker = SecuredBroker.start(
                folder, List.of(PRODUCER, CONTROL, METERING, FEE_CENTER, OPERATOR), List.of(FEE_CENTER));
        superUser = Admin.create(new HashMap<>(broker.superUser()));
        serializer.configure(Map.of("schema.registry.url", REGISTRY), false);
        new TopicCreation(superUser, PARTITIONS, (short) 1).create(Topics.forReplay());
        for (List<String> command : KafkaScript.ACLS.commands()) {
            KafkaTool.run(AclCommand::main, command, broker.superUserAddress());
        }
        try (Stream<UsageRecord> usage = TINY.usage()) {
            coming = new ArrayDeque<>(usage.toList());
        }
    }

    SecuredBroker broker() {
        return broker;
    }

    LedgerServer database() {
        return database;
    }

    /** What a user is allowed. */
    Collection<AclBinding> grantsOf(String user) throws ExecutionException, InterruptedException {
        AccessControlEntryFilter entries =
                new AccessControlEntryFilter("User:" + user, null, AclOperation.ANY, AclPermissionType.ANY);
        return superUser
                .describeAcls(new AclBindingFilter(ResourcePatternFilter.ANY, entries))
                .values()
                .get();
    }

    /** Takes a permission away. */
    void revoke(AclBinding grant) throws ExecutionException, InterruptedException {
        superUser.deleteAcls(List.of(grant.toFilter())).all().get();
        await().until(() -> !isThere(grant));
    }

    /** Gives a permission. */
    void grant(AclBinding grant) throws ExecutionException, InterruptedException {
        superUser.createAcls(List.of(grant)).all().get();
        await().until(() -> isThere(grant));
    }

    private boolean isThere(AclBinding grant) throws ExecutionException, InterruptedException {
        return !superUser.describeAcls(grant.toFilter()).values().get().isEmpty();
    }

    /** Bindings, accounts and prices are recorded, by the control plane. */
    void recordControl() {
        try (Producer<String, byte[]> producer = producer(CONTROL)) {
            for (ControlChange change : TINY.control()) {
                send(producer, Topics.CONTROL, null, null, change.key(), serialize(Topics.CONTROL, change.record()));
            }
        }
    }

    /** The next records of the scenario arrive, from producers. */
    void produce(int records) {
        try (Producer<String, byte[]> producer = producer(PRODUCER)) {
            for (int sent = 0; sent < records && !coming.isEmpty(); sent++) {
                UsageRecord next = coming.remove();
                latest = latest.isAfter(next.ingest()) ? latest : next.ingest();
                byte[] value = next.bytes(event -> serialize(Topics.USAGE_EVENTS, event));
                send(producer, Topics.USAGE_EVENTS, next.key() == null ? 0 : null, next.ingest(), next.key(), value);
            }
        }
    }

    /** Somebody sends what is no event, and a client with another partitioner sends one to the partition behind its own. */
    void produceStrays() {
        try (Producer<String, byte[]> producer = producer(PRODUCER)) {
            send(producer, Topics.USAGE_EVENTS, 0, latest, "any", new byte[] {7});
            UsageRecord.Event next = nextEvent();
            byte[] value = next.bytes(event -> serialize(Topics.USAGE_EVENTS, event));
            int right = producer.partitionsFor(Topics.USAGE_EVENTS.name()).size();
            byte[] key = Objects.requireNonNull(next.key()).getBytes(UTF_8);
            int wrong = (Utils.toPositive(Utils.murmur2(key)) + 1) % right;
            send(producer, Topics.USAGE_EVENTS, wrong, next.ingest(), next.key(), value);
        }
    }

    private UsageRecord.Event nextEvent() {
        while (true) {
            if (coming.peek() instanceof UsageRecord.Event event && event.key() != null) {
                coming.remove();
                return event;
            }
            produce(1);
        }
    }

    /** All that is left of the scenario arrives, and then time passes until every day is closed. */
    void produceTheRest() {
        produce(Integer.MAX_VALUE);
        new Ending(latest).heartbeats().forEach(this::passTime);
    }

    /** Time passes on every partition. */
    void passTime(Instant clock) {
        try (Producer<String, byte[]> producer = producer(PRODUCER)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(producer, Topics.USAGE_EVENTS, partition, clock, null, null);
            }
        }
    }

    private byte[] serialize(Topic topic, SpecificRecord record) {
        return Objects.requireNonNull(serializer.serialize(topic.name(), record));
    }

    private Producer<String, byte[]> producer(String user) {
        return new KafkaProducer<>(
                new HashMap<>(broker.scram(user)), new StringSerializer(), new ByteArraySerializer());
    }

    private static void send(
            Producer<String, byte[]> producer,
            Topic topic,
            @Nullable Integer partition,
            @Nullable Instant time,
            @Nullable String key,
            byte @Nullable [] value) {
        Long millis = time == null ? null : time.toEpochMilli();
        try {
            producer.send(new ProducerRecord<>(topic.name(), partition, millis, key, value))
                    .get();
        } catch (ExecutionException | InterruptedException refused) {
            throw new AssertionError("not sent", refused);
        }
    }

    /** Whether all usage that has arrived is metered for good. */
    boolean isMetered() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = superUser
                .listConsumerGroupOffsets(METERING)
                .partitionsToOffsetAndMetadata()
                .get();
        for (int number = 0; number < PARTITIONS; number++) {
            TopicPartition partition = new TopicPartition(Topics.USAGE_EVENTS.name(), number);
            long end = end(partition);
            OffsetAndMetadata done = committed.get(partition);
            if (end > (done == null ? 0 : done.offset())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the broker has noticed that the metering stream is gone. */
    boolean isNobodyMetering() throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(superUser
                        .describeConsumerGroups(List.of(METERING))
                        .describedGroups()
                        .get(METERING))
                .get()
                .members()
                .isEmpty();
    }

    /** Whether all lines that were issued are posted. */
    boolean isPosted() throws ExecutionException, InterruptedException {
        Map<Integer, Long> positions = database.positions();
        for (int number = 0; number < PARTITIONS; number++) {
            if (end(new TopicPartition(Topics.BILL_LINES.name(), number)) > positions.getOrDefault(number, 0L)) {
                return false;
            }
        }
        return true;
    }

    private long end(TopicPartition partition) throws ExecutionException, InterruptedException {
        return superUser
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    /** The metering stream's settings, which comes as itself by these settings of Kafka's clients. */
    MeteringConfig metering(Map<String, String> client) {
        return MeteringConfig.from(read(meteringSettings(client)));
    }

    /** The same stream as in production, where nobody else moves its clocks. */
    MeteringConfig meteringWithHeartbeats() {
        Map<String, String> settings = meteringSettings(broker.scram(METERING));
        settings.put("weir.heartbeat.interval", "PT0.2S");
        return MeteringConfig.from(read(settings));
    }

    /** The fee center's settings, likewise. */
    FeeCenterConfig feeCenter(Map<String, String> client) {
        return FeeCenterConfig.from(read(feeCenterSettings(client)));
    }

    /** What an operator sets for the metering stream. */
    Map<String, String> meteringSettings(Map<String, String> client) {
        Map<String, String> settings = settings(client);
        settings.put("weir.state.dir", folder.resolve("state").toString());
        settings.put("weir.heartbeat.interval", "off");
        settings.put("kafka.commit.interval.ms", "100");
        settings.put("kafka.producer.linger.ms", "0");
        return settings;
    }

    /** What an operator sets for the fee center. */
    Map<String, String> feeCenterSettings(Map<String, String> client) {
        Map<String, String> settings = settings(client);
        settings.put("weir.database.url", database.url());
        settings.put("weir.database.user", LedgerServer.SINK);
        settings.put("weir.database.owner.user", LedgerServer.OWNER);
        settings.put("weir.errands.pause", "PT0.2S");
        settings.put("weir.console.port", "0");
        return settings;
    }

    private static Map<String, String> settings(Map<String, String> client) {
        Map<String, String> settings = new HashMap<>();
        client.forEach((key, value) -> settings.put("kafka." + key, value));
        settings.put("kafka.session.timeout.ms", "2000"); // so that one that has stopped is soon missed
        settings.put("kafka.heartbeat.interval.ms", "500");
        settings.put("schema.registry.url", REGISTRY);
        settings.put("weir.http.port", "0");
        return settings;
    }

    private static Settings read(Map<String, String> settings) {
        Map<String, String> variables = new HashMap<>();
        settings.forEach(
                (key, value) -> variables.put(key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return Settings.load(new String[0], variables);
    }

    /** An archive takes the times of its loader; from now on the broker sets them. */
    void letTheBrokerTellTheTime() throws ExecutionException, InterruptedException {
        ConfigResource usage = new ConfigResource(ConfigResource.Type.TOPIC, Topics.USAGE_EVENTS.name());
        ConfigEntry time = new ConfigEntry("message.timestamp.type", "LogAppendTime");
        superUser
                .incrementalAlterConfigs(Map.of(usage, List.of(new AlterConfigOp(time, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        await().until(() -> Objects.requireNonNull(
                        superUser.describeConfigs(List.of(usage)).all().get().get(usage))
                .get(time.name())
                .value()
                .equals(time.value()));
    }

    /** How many records have arrived. */
    long usageRecords() throws ExecutionException, InterruptedException {
        return end(new TopicPartition(Topics.USAGE_EVENTS.name(), 0));
    }

    @Override
    public void close() throws IOException {
        superUser.close();
        broker.close();
        database.close();
    }
}
