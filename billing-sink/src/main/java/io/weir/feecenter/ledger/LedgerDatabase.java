package io.weir.feecenter.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.weir.wire.Secret;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/** The way to the database: a small pool whose every wait has an end, and no values in error messages. */
public final class LedgerDatabase {

    /** For the posting, three watches, two kinds of errands, and who uses the console: nobody waits for another's. */
    private static final int CONNECTIONS = 10;

    private static final long CONNECT_MILLIS = 5_000;

    /** The last of them lets another instance take over from a process that was stopped within a transaction. */
    private static final String SERVER_SIDE_LIMITS =
            "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s";

    private LedgerDatabase() {}

    /**
     * A pool that may be made while the database is away.
     *
     * @param url {@code jdbc:postgresql://…}
     */
    public static HikariDataSource pool(String url, String user, Optional<Secret> password) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("ledger");
        pool.setJdbcUrl(url);
        pool.setUsername(user);
        password.map(Secret::value).ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        pool.addDataSourceProperty("ApplicationName", "weir-fee-center");
        pool.addDataSourceProperty("connectTimeout", "5");
        pool.addDataSourceProperty("socketTimeout", "60");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        pool.addDataSourceProperty("options", SERVER_SIDE_LIMITS);
        return pool;
    }

    /** Queries and transactions over this source. */
    public static Jdbi jdbi(DataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }
}
