package io.weir.feecenter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.billing.ControlRecord;
import io.weir.feecenter.account.AccountErrands;
import io.weir.feecenter.account.Mail;
import io.weir.feecenter.account.Mailings;
import io.weir.feecenter.account.OutboxRelay;
import io.weir.feecenter.ledger.BillLineConsumer;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.settlement.Arrears;
import io.weir.feecenter.settlement.MeteringClock;
import io.weir.feecenter.settlement.Payments;
import io.weir.feecenter.settlement.ProgressReader;
import io.weir.feecenter.settlement.SettlementErrands;
import io.weir.feecenter.settlement.Settling;
import io.weir.feecenter.settlement.Statements;
import io.weir.feecenter.settlement.WorkspaceLocks;
import io.weir.feecenter.usage.UsageErrands;
import io.weir.feecenter.usage.UsageReader;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import io.weir.wire.AvroSerializer;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Jdbi;

/** What the fee center does in the background beside the posting, put together. The posting waits for none of it. */
final class Errands implements AutoCloseable {

    private final FeeCenterConfig config;
    private final DataSource database;
    private final InstantSource clock;
    private final MeteringClock meteringClock;
    private final AccountErrands account;
    private final SettlementErrands settlement;
    private final UsageErrands usage;

    /**
     * Prepares them over the tables behind this source, which are up to date.
     *
     * @param clock by which is settled
     * @param meteringClock is told how far metering is
     */
    Errands(FeeCenterConfig config, DataSource database, InstantSource clock, MeteringClock meteringClock) {
        this.config = config;
        this.database = database;
        this.clock = clock;
        this.meteringClock = meteringClock;
        account = new AccountErrands(
                relay(),
                config.errands().smtp().map(server -> new Mailings(database, Clock.systemUTC(), new Mail(server))));
        settlement = settlement(LedgerDatabase.jdbi(database));
        usage = new UsageErrands(usageReader(LedgerDatabase.jdbi(database)));
    }

    private OutboxRelay relay() {
        AvroSerializer<ControlRecord> serializer = new AvroSerializer<>();
        serializer.configure(config.kafka(), false);
        return new OutboxRelay(database, config.kafka(), config.control(), config.transactionalId(), serializer);
    }

    private SettlementErrands settlement(Jdbi jdbi) {
        ProgressReader progress = new ProgressReader(
                jdbi,
                new KafkaConsumer<>(BillLineConsumer.settingsWithoutGroup(config.kafka())),
                config.control(),
                deserializer(ControlRecord.class),
                config.meteringProgress(),
                deserializer(MeteringProgress.class),
                meteringClock);
        return new SettlementErrands(
                progress,
                new Settling(jdbi, clock),
                new Arrears(jdbi, clock),
                new WorkspaceLocks(jdbi, clock),
                new Statements(jdbi, clock),
                config.console().payments().map(provider -> new Payments(jdbi, clock, provider)));
    }

    private UsageReader usageReader(Jdbi jdbi) {
        return new UsageReader(
                jdbi,
                new KafkaConsumer<>(BillLineConsumer.settingsWithoutGroup(config.kafka())),
                config.control(),
                deserializer(ControlRecord.class),
                config.meteredUsage(),
                deserializer(MeteredUsage.class),
                clock);
    }

    private <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        Map<String, String> settings = new HashMap<>(config.kafka());
        settings.put("specific.avro.value.type", type.getName());
        return BillLineConsumer.deserializer(config.deserializer(), settings, type);
    }

    /** Shows how often they have failed. */
    void bindTo(MeterRegistry registry) {
        bind(registry, "account", account, AccountErrands::failures);
        bind(registry, "settlement", settlement, SettlementErrands::failures);
        bind(registry, "usage", usage, UsageErrands::failures);
    }

    private static <T> void bind(MeterRegistry registry, String errands, T at, ToDoubleFunction<T> failures) {
        FunctionCounter.builder("weir.errands.failures", at, failures)
                .description("Attempts that failed to tell the control log, to send mail, to settle or to copy usage")
                .tag("errands", errands)
                .register(registry);
    }

    void start() {
        account.start(config.errands().pause());
        settlement.start(config.errands().pause());
        usage.start(config.errands().pause());
    }

    @Override
    public void close() {
        account.close();
        settlement.close();
        usage.close();
    }
}
