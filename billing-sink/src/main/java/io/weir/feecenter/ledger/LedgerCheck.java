package io.weir.feecenter.ledger;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What the ledger says when it is asked whether it is right.
 *
 * @param heldBack number of held-back records by reason, without those written off
 * @param writtenOff number of held-back records that were written off
 * @param stoppedAccounts number of accounts whose posting has stopped
 * @param unaccountedLines lines read that are neither posted nor held back nor repeated; always 0
 * @param imbalance sum over the currencies of the absolute sum of all postings; always 0
 */
record LedgerCheck(
        Map<HoldReason, Long> heldBack,
        long writtenOff,
        long stoppedAccounts,
        long unaccountedLines,
        BigDecimal imbalance) {

    static LedgerCheck of(Jdbi jdbi) {
        return jdbi.inTransaction(handle -> new LedgerCheck(
                heldBack(handle),
                one(handle, "SELECT count(*) FROM held_back_outcome WHERE outcome = 'WRITTEN_OFF'", Long.class),
                one(handle, "SELECT count(*) FROM stopped_account", Long.class),
                one(handle, "SELECT coalesce(sum(abs(unaccounted)), 0) FROM conservation", Long.class),
                one(handle, "SELECT coalesce(sum(abs(imbalance)), 0) FROM trial_balance", BigDecimal.class)));
    }

    private static <T> T one(Handle handle, String query, Class<T> type) {
        return handle.createQuery(query).mapTo(type).one();
    }

    private static Map<HoldReason, Long> heldBack(Handle handle) {
        return handle.createQuery("SELECT reason, count(*) FROM held_back_line WHERE NOT written_off GROUP BY reason")
                .reduceRows(new EnumMap<>(HoldReason.class), (counts, row) -> {
                    counts.put(HoldReason.valueOf(row.getColumn(1, String.class)), row.getColumn(2, Long.class));
                    return counts;
                });
    }
}
