package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.Decision;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * What only a person decides about cloud accounts, and what follows for the workspaces for which they pay (fee-center-rules.md §4). Each
 * decision is kept, with who made it and why.
 */
public final class CloudDecisions {

    /** For which of the workspaces that chose it last a cloud account pays: those that its fee-center account still pays for. */
    private static final String PAID = """
            SELECT workspace_id, coalesce(workspace.name, workspace_id) AS name, EXISTS (
                SELECT FROM settlement_choice AS opened
                WHERE opened.workspace_id = chosen.workspace_id AND opened.cause = 'MARKETPLACE') AS of_marketplace,
                NULL::timestamptz AS locked_from
            FROM settlement_method AS chosen JOIN cloud_account AS cloud USING (cloud_account_id)
                LEFT JOIN workspace USING (workspace_id)
            WHERE cloud_account_id = :cloud AND ended_at IS NULL AND cloud.account_id = (
                SELECT account_id FROM binding WHERE binding.workspace_id = chosen.workspace_id ORDER BY seq DESC LIMIT 1)
            ORDER BY workspace_id COLLATE "C"
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public CloudDecisions(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * A workspace that a decision is about.
     *
     * @param name its id where it has none
     * @param ofMarketplace whether it was opened from a marketplace, so that only that cloud may pay
     * @param lockedFrom from when on it is locked, which may be to come; null if it is open for good
     */
    public record Concerned(
            String workspaceId,
            String name,
            boolean ofMarketplace,
            @Nullable Instant lockedFrom) {}

    /** The workspaces for which a cloud account pays now; none once it has ended. */
    public List<Concerned> paidBy(CloudAccount cloud) {
        return jdbi.withHandle(handle -> paidBy(handle, cloud));
    }

    private static List<Concerned> paidBy(Handle handle, CloudAccount cloud) {
        return handle.createQuery(PAID)
                .bind("cloud", cloud.id())
                .map(ConstructorMapper.of(Concerned.class))
                .list();
    }

    /** The workspaces that are locked because a cloud account ended, or will be. */
    public List<Concerned> lockedBy(CloudAccount cloud) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT workspace_id, coalesce(workspace.name, workspace_id) AS name, EXISTS (
                            SELECT FROM settlement_choice AS opened
                            WHERE opened.workspace_id = lock.workspace_id AND opened.cause = 'MARKETPLACE') AS of_marketplace,
                            locked_at AS locked_from
                        FROM workspace_lock AS lock LEFT JOIN workspace USING (workspace_id)
                        WHERE cloud_account_id = :cloud AND unlocked_at IS NULL
                          AND NOT EXISTS (SELECT FROM dissolution WHERE dissolution.workspace_id = lock.workspace_id)
                        ORDER BY workspace_id COLLATE "C"
                        """)
                .bind("cloud", cloud.id())
                .map(ConstructorMapper.of(Concerned.class))
                .list());
    }

    /**
     * The cloud account was unsubscribed in its cloud, and ends. Its workspaces go back to the fee center; those of Alibaba Cloud stay open,
     * those of every other cloud are locked after 14 days.
     *
     * @return the workspaces it paid for; empty, and nothing is done, if it had ended before
     */
    public List<String> unsubscribe(CloudAccount cloud, Decision decision) {
        Instant now = clock.instant();
        boolean lock = cloud.method().locksWhenUnsubscribed();
        return jdbi.inTransaction(handle -> {
            if (!isLiving(handle, cloud)) {
                return List.of();
            }
            List<String> workspaces =
                    paidBy(handle, cloud).stream().map(Concerned::workspaceId).toList();
            CloudAccounts.end(handle, cloud, now);
            workspaces.forEach(workspace -> goBack(handle, workspace, cloud, lock, now));
            keep(
                    handle,
                    cloud,
                    new CloudDecision(CloudDeed.UNSUBSCRIBED, workspaces, lock, decision.reason(), decision.by(), now));
            return workspaces;
        });
    }

    /** Nobody chooses the cloud account, releases a workspace from it or ends it until this transaction has ended. */
    private static boolean isLiving(Handle handle, CloudAccount cloud) {
        return CloudAccounts.living(handle, cloud.accountId(), cloud.id()).isPresent();
    }

    private static void goBack(Handle handle, String workspace, CloudAccount cloud, boolean lock, Instant now) {
        SettlementMethods.add(handle, workspace, null, "CLOUD_ENDED", null, now);
        if (lock) {
            WorkspaceLocks.begin(handle, workspace, cloud, now);
        }
        Notices.add(handle, cloud.accountId(), workspace, Notices.Kind.CLOUD_ENDED, now);
    }

    /**
     * The cloud account lets go of a workspace, which goes back to the fee center and stays open. It lives on and pays for its others.
     *
     * @return false, and nothing is done, if it does not pay for this workspace
     */
    public boolean release(CloudAccount cloud, String workspaceId, Decision decision) {
        Instant now = clock.instant();
        return jdbi.inTransaction(handle -> {
            CloudAccounts.hold(handle, workspaceId);
            if (!isLiving(handle, cloud)
                    || paidBy(handle, cloud).stream()
                            .noneMatch(paid -> paid.workspaceId().equals(workspaceId))) {
                return false;
            }
            SettlementMethods.add(handle, workspaceId, null, "CLOUD_RELEASED", null, now);
            Notices.add(handle, cloud.accountId(), workspaceId, Notices.Kind.CLOUD_RELEASED, now);
            keep(handle, cloud, of(CloudDeed.RELEASED, workspaceId, decision, now));
            return true;
        });
    }

    /**
     * Opens a workspace again that is locked because its cloud account ended, or ends its days of grace. It stays settled with its fee-center account.
     *
     * @return false, and nothing is done, if it is not locked, and will not be, by the end of this cloud account
     */
    public boolean unlock(CloudAccount cloud, String workspaceId, Decision decision) {
        Instant now = clock.instant();
        if (lockedBy(cloud).stream().noneMatch(locked -> locked.workspaceId().equals(workspaceId))) {
            return false;
        }
        return jdbi.inTransaction(handle -> {
            boolean unlocked = WorkspaceLocks.end(handle, workspaceId, now);
            if (unlocked) {
                keep(handle, cloud, of(CloudDeed.UNLOCKED, workspaceId, decision, now));
            }
            return unlocked;
        });
    }

    private static CloudDecision of(CloudDeed deed, String workspaceId, Decision decision, Instant now) {
        return new CloudDecision(deed, List.of(workspaceId), false, decision.reason(), decision.by(), now);
    }

    private static void keep(Handle handle, CloudAccount cloud, CloudDecision decision) {
        handle.createUpdate("""
                        INSERT INTO cloud_account_decision
                            (cloud_account_id, deed, workspaces, locked, why, decided_by, decided_at)
                        VALUES (:cloud, :deed, :workspaces, :locked, :why, :by, :now)
                        """)
                .bind("cloud", cloud.id())
                .bind("deed", decision.deed().name())
                .bindArray("workspaces", String.class, decision.workspaces())
                .bind("locked", decision.locked())
                .bind("why", decision.why())
                .bind("by", decision.decidedBy())
                .bind("now", decision.decidedAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** What was decided about a cloud account, the newest first. */
    public List<CloudDecision> about(CloudAccount cloud) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT deed, workspaces, locked, why, decided_by, decided_at FROM cloud_account_decision
                        WHERE cloud_account_id = :cloud ORDER BY decision_id DESC
                        """)
                .bind("cloud", cloud.id())
                .map(ConstructorMapper.of(CloudDecision.class))
                .list());
    }
}
