package io.weir.feecenter.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What settlement has left to do and whether it is right, for people who watch over it.
 *
 * @param openLines how many lines of the ledger are not settled
 * @param longestWait for how long the oldest open line of a complete day has stood in the ledger, by the database's clock; zero if
 *     no complete day is open
 * @param wrongPurses how many purses have a balance that is not the sum of their postings; always 0
 */
public record SettlementCheck(long openLines, Duration longestWait, long wrongPurses) {

    private static final String OPEN = """
            SELECT line.day, zone.zone, count(*) AS lines,
                greatest(extract(epoch FROM now() - min(line.posted_at)), 0)::bigint AS seconds
            FROM open_line JOIN bill_line AS line USING (line_id) LEFT JOIN workspace_zone AS zone USING (workspace_id)
            GROUP BY line.day, zone.zone
            """;

    /** Open lines of one day in one zone, which is empty while it is not known. */
    private record Open(LocalDate day, Optional<ZoneId> zone, long lines, Duration waited) {

        boolean isComplete(Instant passed) {
            return zone.isPresent() && !OpenLine.endOf(day, zone.get()).isAfter(passed);
        }
    }

    /** Asks the database. */
    public static SettlementCheck of(Jdbi jdbi) {
        return jdbi.inTransaction(SettlementCheck::of);
    }

    private static SettlementCheck of(Handle handle) {
        Instant passed = Progress.passed(handle).orElse(Instant.MIN);
        List<Open> open = open(handle);
        return new SettlementCheck(
                open.stream().mapToLong(Open::lines).sum(),
                open.stream()
                        .filter(day -> day.isComplete(passed))
                        .map(Open::waited)
                        .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other),
                handle.createQuery("SELECT count(*) FROM purse_imbalance")
                        .mapTo(Long.class)
                        .one());
    }

    private static List<Open> open(Handle handle) {
        return handle.createQuery(OPEN)
                .map((row, context) -> new Open(
                        row.getObject("day", LocalDate.class),
                        Optional.ofNullable(row.getString("zone")).map(ZoneId::of),
                        row.getLong("lines"),
                        Duration.ofSeconds(row.getLong("seconds"))))
                .list();
    }
}
