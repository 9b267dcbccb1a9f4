package io.weir.deploy.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer, one after the other, however many they are.
 *
 * @param <T> what a row is read as
 */
final class Rows<T> implements Iterator<T>, AutoCloseable {

    private final PreparedStatement statement;
    private final LedgerDatabase.Row<T> reading;
    private final ResultSet answer;
    private @Nullable T next;

    Rows(PreparedStatement statement, LedgerDatabase.Row<T> reading) throws SQLException {
        this.statement = statement;
        this.reading = reading;
        this.answer = statement.executeQuery();
        advance();
    }

    private void advance() throws SQLException {
        next = answer.next() ? reading.read(answer) : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public T next() {
        T row = next;
        if (row == null) {
            throw new NoSuchElementException("behind the last row");
        }
        try {
            advance();
        } catch (SQLException refused) {
            throw LedgerDatabase.refused(refused);
        }
        return row;
    }

    @Override
    public void close() {
        try {
            statement.close();
        } catch (SQLException refused) {
            throw LedgerDatabase.refused(refused);
        }
    }
}
