package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * PostgreSQL with the database of the fee center and its two roles: one owns the tables, the other is the sink's, which owns
 * nothing. It trusts every connection from this machine, as fits a stack for one person.
 */
public final class Database implements AutoCloseable {

    static final String OWNER = "weir_owner";
    static final String SINK = "weir_sink";
    private static final String NAME = "weir";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final DataFolder data;
    private final int port;
    private EmbeddedPostgres postgres;

    private Database(DataFolder data, int port) {
        this.data = data;
        this.port = port;
        this.postgres = start();
    }

    /** Starts PostgreSQL on a free port and waits for it. */
    static Database start(DataFolder data) {
        return new Database(data, Ports.free());
    }

    private EmbeddedPostgres start() {
        Redirect log = Redirect.appendTo(data.log("database").toFile());
        try {
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data.folder("database"))
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(LONGEST_START) // by itself it gives up after ten seconds
                    .setRegisterShutdownHook(false)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("synchronous_commit", "on")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start();
        } catch (IOException | IllegalStateException refused) {
            throw new Failure(
                    "The database does not start: " + refused.getMessage() + ". Its log: " + data.log("database"),
                    refused);
        }
    }

    /** Creates the roles and the database where this data folder has none yet. */
    void createWhatIsMissing() {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                statement.execute("CREATE ROLE " + OWNER + " LOGIN");
                statement.execute("CREATE ROLE " + SINK + " LOGIN");
                statement.execute("CREATE DATABASE " + NAME + " OWNER " + OWNER);
            }
        } catch (SQLException refused) {
            throw new Failure("The database " + NAME + " cannot be created: " + refused.getMessage(), refused);
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
            return found.next();
        }
    }

    /** Connections with which the ledger in this schema can be read. */
    DataSource ledger(String schema) {
        return postgres.getDatabase(OWNER, NAME, Map.of("readOnly", "true", "currentSchema", schema));
    }

    /** Connections with which the fee center works in this schema. */
    DataSource feeCenter(String schema) {
        return postgres.getDatabase(SINK, NAME, Map.of("currentSchema", schema));
    }

    /** The JDBC address of the fee center's database, without user. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + NAME;
    }

    /** The same address with the role that may read everything, as {@code psql} takes it. */
    public String address() {
        return "postgresql://" + OWNER + "@127.0.0.1:" + postgres.getPort() + "/" + NAME;
    }

    /** Ends PostgreSQL at once, without a checkpoint (SIGQUIT, its immediate stop): what it committed is in its log. */
    public void stopImmediately() {
        long server = serverPid();
        Signals.send("QUIT", server);
        ProcessHandle.of(server).ifPresent(process -> process.onExit().join());
    }

    /** The process that was started is pg_ctl and gone; the server says in the first line of a file who it is. */
    private long serverPid() {
        Path file = data.folder("database").resolve("postmaster.pid");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().map(Long::parseLong).orElseThrow(() -> new Failure(file + " is empty"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Starts PostgreSQL again at the same address, with the same data, and waits until it has recovered. */
    public void startAgain() {
        close();
        postgres = start();
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
