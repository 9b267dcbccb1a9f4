package io.weir.deploy.security;

import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.wire.Patience;
import io.weir.wire.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** A PostgreSQL with a database for the ledger and its two roles. */
final class LedgerServer implements AutoCloseable {

    static final String OWNER = "weir_owner";
    static final String SINK = "weir_sink";
    private static final String NAME = "weir";

    private final EmbeddedPostgres server;

    LedgerServer() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Patience.PATIENCE)
                .start();
        administrate("CREATE ROLE " + OWNER + " LOGIN");
        administrate("CREATE ROLE " + SINK + " LOGIN");
        administrate("CREATE DATABASE " + NAME + " OWNER " + OWNER);
    }

    /** Runs a command as the superuser. */
    void administrate(String command) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException refused) {
            throw new IllegalStateException(command, refused);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), NAME);
    }

    /** How far the sink has read each partition of the lines. */
    Map<Integer, Long> positions() {
        return ledger().conservation().stream()
                .collect(Collectors.toMap(Conservation::topicPartition, Conservation::nextOffset));
    }

    /** The bill, as the rows of {@code bill.csv}. */
    List<String> bill() {
        return ledger().bill().stream()
                .map(row -> String.join(",", row.columns()))
                .toList();
    }

    /** Somebody registers an account, which the control log has to be told. */
    void registerAccount() {
        new FeeCenterAccounts(server.getDatabase(SINK, NAME), Clock.systemUTC())
                .register(
                        "customer" + number("SELECT last_seq FROM control_outbox_number"),
                        Currency.CNY,
                        "customer@example.com",
                        null,
                        new Secret("correct horse battery staple"));
    }

    /** How many changes the control log is not told yet. */
    long untoldChanges() {
        return number("SELECT last_seq - published_seq FROM control_outbox_number, control_outbox_position");
    }

    /** How many lines nobody has paid for. */
    long openLines() {
        return number("SELECT coalesce(sum(open_lines), 0) FROM settlement_conservation");
    }

    private long number(String query) {
        return Jdbi.create(server.getDatabase(OWNER, NAME))
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private BillQuery ledger() {
        return new BillQuery(server.getDatabase(OWNER, NAME));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
