package io.weir.deploy.security;

import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    private BillQuery ledger() {
        return new BillQuery(server.getDatabase(OWNER, NAME));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
