package io.weir.feecenter.ledger;

import static io.weir.wire.Patience.await;

import com.zaxxer.hikari.HikariDataSource;
import io.weir.wire.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * A new database of a real PostgreSQL, which is started once for all tests of the process. Its owner is
 * {@value #OWNER}, and the sink connects as {@value #SINK}; both know the password {@value #PASSWORD}.
 */
public final class TestDatabase implements AutoCloseable {

    public static final String OWNER = "weir_owner";
    public static final String SCHEMA = "public";
    public static final String SINK = "weir_sink";
    public static final String PASSWORD = "canary";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    /** The only rows that a migration puts in are those of the outbox. */
    private static final String EMPTY_ALL_TABLES = """
            DO $$ BEGIN
                EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables
                         WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history');
                INSERT INTO control_outbox_number (last_seq) VALUES (0);
                INSERT INTO control_outbox_position (published_seq, next_offset) VALUES (0, 0);
            END $$
            """;

    private final String name = "ledger_" + NUMBER.incrementAndGet();
    private final HikariDataSource owner;
    private final HikariDataSource sink;
    private boolean keptOpen;

    private TestDatabase(String template) {
        administrate("CREATE DATABASE %s OWNER %s TEMPLATE %s".formatted(name, OWNER, template));
        owner = pool(OWNER);
        sink = pool(SINK);
    }

    /** A database without tables. */
    public static TestDatabase empty() {
        return new TestDatabase("template1");
    }

    /** A database of its own with the tables of the ledger, which a test may alter. */
    public static TestDatabase migrated() {
        return new TestDatabase(Migrated.NAME);
    }

    /**
     * The one database with the tables of the ledger that most tests share, emptied: a copy is 300 files, and deleting those
     * takes longer than the test. Not even an owner could empty it; a superuser who switches the triggers off can.
     */
    public static TestDatabase shared() {
        try (Connection connection =
                        SERVER.getDatabase("postgres", Shared.DATABASE.name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute(EMPTY_ALL_TABLES);
            return Shared.DATABASE;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestDatabase keptOpen() {
        keptOpen = true;
        return this;
    }

    private static final class Shared {

        private static final TestDatabase DATABASE = migrated().keptOpen();
    }

    private static final class Migrated {

        private static final String NAME = migrate();

        private static String migrate() {
            try (TestDatabase database = empty()) {
                LedgerSchema.migrate(database.owner, SCHEMA, SINK);
                return database.name;
            }
        }
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "off")
                    .setPGStartupWait(Duration.ofMinutes(3))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "stop PostgreSQL"));
            administrate(server, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(OWNER, PASSWORD));
            administrate(server, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(SINK, PASSWORD));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void administrate(EmbeddedPostgres server, String command) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException(command, e);
        }
    }

    /** Runs a command in this database as the superuser of the server. */
    public void asSuperuser(String command) {
        try (Connection connection = SERVER.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw new IllegalStateException(command, e);
        }
    }

    /** From now on the server asks this role for its password; it trusts all others. */
    public void askForPassword(String role) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet file = statement.executeQuery("SHOW hba_file")) {
            file.next();
            Path rules = Path.of(file.getString(1));
            Files.writeString(
                    rules, "host all %s 127.0.0.1/32 scram-sha-256\n%s".formatted(role, Files.readString(rules)));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(role, e);
        }
        administrate("SELECT pg_reload_conf()");
        await().until(() -> asksForPassword(role)); // the server reads its rules when it comes to it
    }

    private static boolean asksForPassword(String role) {
        try (Connection connection = SERVER.getDatabase(role, "postgres").getConnection()) {
            return !connection.isValid(0);
        } catch (SQLException refused) {
            return true;
        }
    }

    /** Keeps a copy of this database as it is now, to which {@link #restore} returns. */
    public void keepCopy() {
        cutAllConnections();
        administrate("CREATE DATABASE %s_copy OWNER %s TEMPLATE %s".formatted(name, OWNER, name));
        administrate("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
    }

    /** Puts the kept copy in the place of this database, as an operator does who restores beside it and renames. */
    public void restore() {
        cutAllConnections();
        administrate("ALTER DATABASE %s RENAME TO %s_lost".formatted(name, name));
        administrate("ALTER DATABASE %s_copy RENAME TO %s".formatted(name, name));
    }

    /** Nobody gets in again before all are out. */
    private void cutAllConnections() {
        administrate("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
        administrate(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '%s'".formatted(name));
    }

    /** Runs a command as the superuser of the server. */
    public void administrate(String command) {
        administrate(SERVER, command);
    }

    /** The port of the server on 127.0.0.1. */
    public static int port() {
        return SERVER.getPort();
    }

    /** The address of this database behind another port, such as a proxy's. */
    public String urlAt(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name);
    }

    public String url() {
        return urlAt(port());
    }

    public String name() {
        return name;
    }

    public HikariDataSource owner() {
        return owner;
    }

    public HikariDataSource sink() {
        return sink;
    }

    /** A pool of its own through another port, which says COMMIT in plain text each time. */
    public HikariDataSource sinkAt(int port) {
        return LedgerDatabase.pool(urlAt(port) + "?prepareThreshold=0", SINK, Optional.of(new Secret(PASSWORD)));
    }

    private HikariDataSource pool(String user) {
        return LedgerDatabase.pool(url(), user, Optional.of(new Secret(PASSWORD)));
    }

    /** Queries with the sink's role. */
    public Jdbi jdbi() {
        return LedgerDatabase.jdbi(sink);
    }

    /** The number that a query gives. */
    public long number(String query) {
        return jdbi().withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /** Leaves the shared database open for the next test. */
    @Override
    public void close() {
        if (!keptOpen) {
            owner.close();
            sink.close();
        }
    }
}
