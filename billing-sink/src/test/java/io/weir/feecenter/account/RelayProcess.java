package io.weir.feecenter.account;

import com.zaxxer.hikari.HikariDataSource;
import io.weir.billing.ControlRecord;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** A relay in a process of its own, to be killed. */
final class RelayProcess {

    private RelayProcess() {}

    /** Publishes what waits in the database at this address. */
    public static void main(String[] urlBrokerAndTopic) {
        try (HikariDataSource database = LedgerDatabase.pool(
                        urlBrokerAndTopic[0], TestDatabase.SINK, Optional.of(new Secret(TestDatabase.PASSWORD)));
                OutboxRelay relay = relay(database, urlBrokerAndTopic[1], urlBrokerAndTopic[2])) {
            relay.publishWaiting();
        }
    }

    /** A relay of this process. */
    static OutboxRelay relay(DataSource database, String broker, String topic) {
        return relay(database, Map.of("bootstrap.servers", broker), topic);
    }

    /** A relay of this process with these settings of Kafka's clients. */
    static OutboxRelay relay(DataSource database, Map<String, String> kafka, String topic) {
        AvroSerializer<ControlRecord> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", "mock://outbox"), false);
        return new OutboxRelay(database, kafka, topic, "outbox-of-" + topic, serializer);
    }

    static Process start(String url, String broker, String topic, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayProcess.class.getName(),
                        url,
                        broker,
                        topic)
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }
}
