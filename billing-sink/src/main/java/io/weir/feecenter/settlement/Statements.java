package io.weir.feecenter.settlement;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Monthly statements (fee-center-rules.md §5): one for each account and month with lines, issued from the fourth day of the next month on (UTC),
 * once all its days are complete and settled. A line stands on one statement.
 */
public final class Statements {

    private static final int FIRST_DAY_OF_ISSUE = 4;

    /** When the last zone on Earth has reached the end of a day, counted from that end in UTC. */
    private static final long LAST_ZONE_HOURS = 12;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public Statements(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Issues every statement that is due, those of one account in the order of the months; the numbers of those issued now. */
    public List<String> issueDue() {
        List<String> issued = new ArrayList<>();
        for (String accountId : accountsThatLackOne(newestMonth(clock.instant()))) {
            Optional<String> number = issueNext(accountId);
            while (number.isPresent()) {
                issued.add(number.get());
                number = issueNext(accountId);
            }
        }
        return issued;
    }

    /** The last month whose statements may be issued now. */
    private static YearMonth newestMonth(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return YearMonth.from(today).minusMonths(today.getDayOfMonth() < FIRST_DAY_OF_ISSUE ? 2 : 1);
    }

    /** Accounts without a statement of this month, but with lines for one; whoever has it waits for the next month, also with corrections. */
    private List<String> accountsThatLackOne(YearMonth newest) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT account_id FROM ledger_account AS account
                        WHERE NOT EXISTS (SELECT FROM statement WHERE statement.account_id = account.account_id AND month >= :month)
                          AND EXISTS (SELECT FROM unstated_line AS line WHERE line.account_id = account.account_id AND day < :end)
                        ORDER BY account_id
                        """)
                .bind("month", newest.atDay(1))
                .bind("end", newest.plusMonths(1).atDay(1))
                .mapTo(String.class)
                .list());
    }

    /** The wallet is held first, so that nothing is settled meanwhile. */
    private Optional<String> issueNext(String accountId) {
        return jdbi.inTransaction(handle -> {
            Instant now = clock.instant();
            String currency = new OpenLines(handle).currency(accountId).orElseThrow();
            OpenWallet.lock(handle, accountId, currency, now);
            return nextMonth(handle, accountId)
                    .filter(month -> isDue(handle, accountId, month, now))
                    .map(month -> new StatementIssue(handle, accountId, currency, month).issue(now));
        });
    }

    /** The month of the oldest line that is on no statement, but one after the last statement's at the earliest. */
    private static Optional<YearMonth> nextMonth(Handle handle, String accountId) {
        return handle.createQuery("""
                        SELECT greatest(date_trunc('month', min(day))::date,
                            (SELECT (max(month) + interval '1 month')::date FROM statement WHERE account_id = :account))
                        FROM unstated_line WHERE account_id = :account HAVING count(*) > 0
                        """)
                .bind("account", accountId)
                .mapTo(LocalDate.class)
                .findOne()
                .map(YearMonth::from);
    }

    private static boolean isDue(Handle handle, String accountId, YearMonth month, Instant now) {
        LocalDate next = month.plusMonths(1).atDay(1);
        Instant over = next.atStartOfDay(ZoneOffset.UTC).toInstant().plus(LAST_ZONE_HOURS, ChronoUnit.HOURS);
        boolean complete =
                Progress.passed(handle).filter(passed -> !passed.isBefore(over)).isPresent();
        return !month.isAfter(newestMonth(now)) && complete && openLinesBefore(handle, accountId, next) == 0;
    }

    private static long openLinesBefore(Handle handle, String accountId, LocalDate end) {
        return handle.createQuery("""
                        SELECT count(*) FROM bill_line AS line WHERE account_id = :account AND day < :end
                          AND NOT EXISTS (SELECT FROM settled_line AS settled WHERE settled.line_id = line.line_id)
                        """)
                .bind("account", accountId)
                .bind("end", end)
                .mapTo(Long.class)
                .one();
    }
}
