package io.weir.feecenter.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** How PostgreSQL answers. */
public final class SqlState {

    public static final String CARRIED_OUT = "00000";
    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String RESTRICT_VIOLATION = "23001";
    public static final String FOREIGN_KEY_VIOLATION = "23503";
    public static final String CHECK_VIOLATION = "23514";

    private SqlState() {}

    /** The state in which these commands end, which are one transaction. */
    public static String of(DataSource source, String... commands) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String command : commands) {
                statement.execute(command);
            }
            connection.commit();
            return CARRIED_OUT;
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
