package io.weir.feecenter.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What happens to an account that owes (fee-center-rules.md §5): 14 days of grace that begin with the debt, a notice at their beginning
 * and three days before their end, then a lock. Paying the debt ends it at once, with the lock.
 */
public final class Arrears {

    /** How long an account may owe before it is locked. */
    public static final Duration GRACE = Duration.ofDays(14);

    private static final Duration LAST_NOTICE = Duration.ofDays(11);

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public Arrears(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Locks the accounts whose grace is over and tells those whose grace ends soon; once each, however often it is called.
     *
     * @return the accounts that were locked now
     */
    public List<String> lockOverdue() {
        Instant now = clock.instant();
        return jdbi.inTransaction(handle -> {
            tellWhoseGraceEndsSoon(handle, now);
            return lock(handle, now);
        });
    }

    /** Who owes is held first, so that two fee centers do not tell the same. */
    private static void tellWhoseGraceEndsSoon(Handle handle, Instant now) {
        OffsetDateTime told = now.minus(LAST_NOTICE).atOffset(ZoneOffset.UTC);
        accounts(
                handle,
                "SELECT account_id FROM wallet WHERE arrears_since <= :told ORDER BY account_id FOR UPDATE",
                told);
        accounts(handle, """
                        SELECT account_id FROM wallet AS owing
                        WHERE arrears_since <= :told AND NOT EXISTS (
                            SELECT FROM settlement_notice AS told WHERE told.account_id = owing.account_id
                              AND told.kind = 'ARREARS_NEAR_END' AND told.noticed_at >= owing.arrears_since)
                        ORDER BY account_id
                        """, told)
                .forEach(account -> Notices.add(handle, account, null, Notices.Kind.ARREARS_NEAR_END, now));
    }

    private static List<String> accounts(Handle handle, String query, OffsetDateTime told) {
        return handle.createQuery(query).bind("told", told).mapTo(String.class).list();
    }

    private static List<String> lock(Handle handle, Instant now) {
        List<String> locked = handle.createQuery("""
                        UPDATE wallet SET locked_since = :now
                        WHERE locked_since IS NULL AND arrears_since <= :overdue RETURNING account_id
                        """)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("overdue", now.minus(GRACE).atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .list();
        locked.forEach(account -> Notices.add(handle, account, null, Notices.Kind.LOCKED, now));
        return locked;
    }

    static void begin(Handle handle, String accountId, Instant now) {
        handle.createUpdate("UPDATE wallet SET arrears_since = :now WHERE account_id = :account")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("account", accountId)
                .execute();
        Notices.add(handle, accountId, null, Notices.Kind.ARREARS_BEGAN, now);
    }

    static void end(Handle handle, Wallet wallet, Instant now) {
        handle.createUpdate("UPDATE wallet SET arrears_since = NULL, locked_since = NULL WHERE account_id = :account")
                .bind("account", wallet.accountId())
                .execute();
        if (wallet.locked().isPresent()) {
            Notices.add(handle, wallet.accountId(), null, Notices.Kind.UNLOCKED, now);
        }
    }
}
