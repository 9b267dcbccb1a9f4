package io.weir.deploy.audit;

import io.weir.deploy.console.Failure;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.wire.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The fee center's database at one moment: everything is asked in one transaction that sees no later change. */
final class LedgerDatabase implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 1_000;

    private final Connection connection;

    private LedgerDatabase(Connection connection) {
        this.connection = connection;
    }

    /** How a row becomes a value. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Opens the database with this role, which needs to read only. */
    static LedgerDatabase open(Login login) {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        Optional<String> password = login.password().map(Secret::value);
        password.ifPresent(value -> properties.setProperty("password", value));
        properties.setProperty("ApplicationName", "weir-audit");
        properties.setProperty("connectTimeout", "10");
        try {
            Connection connection = DriverManager.getConnection(login.url(), properties);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return new LedgerDatabase(connection);
        } catch (SQLException refused) {
            throw new Failure("The database refuses: " + refused.getMessage(), refused);
        }
    }

    /** All rows of a short answer. */
    <T> List<T> all(String query, Row<T> reading, Object... parameters) {
        List<T> rows = new ArrayList<>();
        try (Rows<T> answer = rows(query, reading, parameters)) {
            answer.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** The rows of an answer of any length, fetched as they are asked for. */
    <T> Rows<T> rows(String query, Row<T> reading, Object... parameters) {
        try {
            PreparedStatement statement = connection.prepareStatement(query);
            statement.setFetchSize(ROWS_AT_ONCE);
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            return new Rows<>(statement, reading);
        } catch (SQLException refused) {
            throw refused(refused);
        }
    }

    static Failure refused(SQLException refused) {
        return new Failure("The ledger cannot be read: " + refused.getMessage(), refused);
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException refused) {
            throw refused(refused);
        }
    }
}
