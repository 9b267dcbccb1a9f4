package io.weir.feecenter.settlement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/** Issues one statement, within a transaction that holds the account's wallet: all settled lines up to its month that are on none yet. */
final class StatementIssue {

    private static final String UNSTATED = "FROM unstated_line WHERE account_id = :account AND day < :end";

    private final Handle handle;
    private final String accountId;
    private final String currency;
    private final YearMonth month;

    StatementIssue(Handle handle, String accountId, String currency, YearMonth month) {
        this.handle = handle;
        this.accountId = accountId;
        this.currency = currency;
        this.month = month;
    }

    /** Its number. */
    String issue(Instant now) {
        String number = "%d%02d-%06d".formatted(month.getYear(), month.getMonthValue(), nextInMonth());
        long id = addStatement(number, now);
        addLines(id);
        addShares(id);
        return number;
    }

    private int nextInMonth() {
        return handle.createQuery("""
                        INSERT INTO statement_number AS given (month, last_number) VALUES (:month, 1)
                        ON CONFLICT (month) DO UPDATE SET last_number = given.last_number + 1 RETURNING last_number
                        """)
                .bind("month", month.atDay(1))
                .mapTo(Integer.class)
                .one();
    }

    private long addStatement(String number, Instant now) {
        return handle.createQuery("INSERT INTO statement (number, account_id, currency, month, amount, issued_at)"
                        + " SELECT :number, :account, :currency, :month, sum(amount), :now " + UNSTATED
                        + " RETURNING statement_id")
                .bind("number", number)
                .bind("account", accountId)
                .bind("currency", currency)
                .bind("month", month.atDay(1))
                .bind("end", end())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one();
    }

    /** In the order of their index. It also ends the search for lines before the first is written, which makes it longer with each that is. */
    private void addLines(long statementId) {
        handle.createUpdate("INSERT INTO statement_line (line_id, statement_id, day) SELECT line_id, :statement, day "
                        + UNSTATED + " ORDER BY day, line_id")
                .bind("statement", statementId)
                .bind("account", accountId)
                .bind("end", end())
                .execute();
    }

    private void addShares(long statementId) {
        handle.createUpdate("""
                        INSERT INTO statement_share (statement_id, kind, amount)
                        SELECT statement_id, posting.book, -sum(posting.amount)
                        FROM statement_line JOIN settled_line USING (line_id) JOIN movement_posting AS posting USING (movement_id)
                        WHERE statement_id = :statement AND posting.purse_id IS NOT NULL
                        GROUP BY statement_id, posting.book HAVING sum(posting.amount) <> 0
                        """).bind("statement", statementId).execute();
    }

    private LocalDate end() {
        return month.plusMonths(1).atDay(1);
    }
}
