package io.weir.feecenter.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an SQL state means for the sink; see PostgreSQL's appendix "Error Codes". Everything not named here is a defect. */
public final class DatabaseTrouble {

    /** Serialization failure and deadlock: the same transaction may succeed at once. */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

    /**
     * Connection, resources, intervention (shut down, cancelled), system, failover to a read-only server, a transaction left
     * idle for too long, locks, login.
     */
    private static final Set<String> AWAY = Set.of("08", "53", "57", "58", "25006", "25P03", "55P03", "40", "28");

    /** A constraint, or a value that the column cannot take. */
    private static final Set<String> REFUSED = Set.of("22", "23");

    private DatabaseTrouble() {}

    /** Whether the transaction lost against another and can be tried again at once, from the start. */
    public static boolean isLostRace(Throwable trouble) {
        return has(trouble, LOST_RACES);
    }

    /** Whether the database will be well again by itself or by an administrator's hand: wait, then ask it where it stands. */
    public static boolean passes(Throwable trouble) {
        return has(trouble, AWAY) || sqlExceptions(trouble).anyMatch(SQLTransientException.class::isInstance);
    }

    /** Whether the database refused a row for what is in it. */
    public static boolean isRefusal(Throwable trouble) {
        return has(trouble, REFUSED);
    }

    /** The SQL state and the server's message, without the values it refused. */
    public static String describe(Throwable trouble) {
        return sqlExceptions(trouble)
                .reduce((outer, inner) -> inner)
                .map(DatabaseTrouble::serverMessage)
                .map(e -> "SQL state %s: %s".formatted(e.getSQLState(), firstLine(e.getMessage())))
                .orElseGet(trouble::toString);
    }

    /** A batch that failed says what it was about, and only then what the server said. */
    private static SQLException serverMessage(SQLException e) {
        return e.getNextException() == null ? e : e.getNextException();
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static boolean has(Throwable trouble, Set<String> states) {
        String state = sqlExceptions(trouble)
                .map(SQLException::getSQLState)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        return states.stream().anyMatch(state::startsWith);
    }

    private static Stream<SQLException> sqlExceptions(Throwable trouble) {
        return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast);
    }
}
