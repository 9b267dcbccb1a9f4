package io.weir.feecenter.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Workspaces that are locked because their cloud account has ended (fee-center-rules.md §5): 14 days of grace, a mail at their beginning
 * and three days before their end, then a lock. It ends as soon as it is settled anew how the workspace is paid for.
 */
public final class WorkspaceLocks {

    /** For how long a workspace stays open after its cloud account has ended. */
    static final Duration GRACE = Arrears.GRACE;

    private static final Duration LAST_DAYS = Duration.ofDays(3);

    private static final String UNTOLD = """
            SELECT workspace_id, cloud.account_id
            FROM workspace_lock AS lock JOIN cloud_account AS cloud USING (cloud_account_id)
            WHERE unlocked_at IS NULL AND locked_at <= :until AND NOT EXISTS (
                SELECT FROM settlement_notice AS told WHERE told.workspace_id = lock.workspace_id
                  AND told.kind = :kind AND told.noticed_at >= lock.grace_from)
              AND grace_from IS NOT NULL
              AND NOT EXISTS (SELECT FROM dissolution WHERE dissolution.workspace_id = lock.workspace_id)
            ORDER BY lock_id
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public WorkspaceLocks(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The days of grace begin; a workspace for which they have begun, or that is locked, stays as it is. */
    static void begin(Handle handle, String workspaceId, CloudAccount cloud, Instant now) {
        handle.createUpdate("""
                        INSERT INTO workspace_lock (workspace_id, cloud_account_id, grace_from, locked_at)
                        VALUES (:workspace, :cloud, :now, :locked) ON CONFLICT DO NOTHING
                        """)
                .bind("workspace", workspaceId)
                .bind("cloud", cloud.id())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("locked", now.plus(GRACE).atOffset(ZoneOffset.UTC))
                .execute();
    }

    /**
     * Ends the lock, or the days of grace before it, and tells whoever was told of it.
     *
     * @return false, and nothing is done, if there is neither
     */
    static boolean end(Handle handle, String workspaceId, Instant now) {
        Optional<String> account = handle.createQuery("""
                        UPDATE workspace_lock AS lock SET unlocked_at = :now FROM cloud_account AS cloud
                        WHERE workspace_id = :workspace AND unlocked_at IS NULL
                          AND cloud.cloud_account_id = lock.cloud_account_id
                        RETURNING cloud.account_id
                        """)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("workspace", workspaceId)
                .mapTo(String.class)
                .findOne();
        account.ifPresent(told -> Notices.add(handle, told, workspaceId, Notices.Kind.WORKSPACE_UNLOCKED, now));
        return account.isPresent();
    }

    /** From when on the workspace is locked, which may be past or to come; nothing if it is open for good. */
    public Optional<Instant> lockedFrom(String workspaceId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT locked_at FROM workspace_lock WHERE workspace_id = :workspace AND unlocked_at IS NULL")
                .bind("workspace", workspaceId)
                .mapTo(Instant.class)
                .findOne());
    }

    /** Tells of the workspaces that are locked in three days, and of those that are locked now; once each, however often it is called. */
    public void tell() {
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            holdAll(handle);
            tell(handle, now.plus(LAST_DAYS), Notices.Kind.WORKSPACE_NEAR_LOCK, now);
            tell(handle, now, Notices.Kind.WORKSPACE_LOCKED, now);
        });
    }

    /** Two fee centers do not tell the same. */
    private static void holdAll(Handle handle) {
        handle.createQuery("SELECT lock_id FROM workspace_lock WHERE unlocked_at IS NULL ORDER BY lock_id FOR UPDATE")
                .mapTo(Long.class)
                .list();
    }

    private record Untold(String workspaceId, String accountId) {}

    private static void tell(Handle handle, Instant until, Notices.Kind kind, Instant now) {
        OffsetDateTime locked = until.atOffset(ZoneOffset.UTC);
        List<Untold> untold = handle.createQuery(UNTOLD)
                .bind("until", locked)
                .bind("kind", kind.name())
                .map((row, context) -> new Untold(row.getString("workspace_id"), row.getString("account_id")))
                .list();
        untold.forEach(its -> Notices.add(handle, its.accountId(), its.workspaceId(), kind, now));
    }
}
