package io.weir.feecenter.account;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * The end of a workspace (fee-center-rules.md §5). It is never removed: nobody pays for it any more, nothing writes to it, and it is nothing
 * to anybody. What was billed stays.
 */
public final class Dissolutions {

    private final Changes changes;
    private final InstantSource billing;
    private final InstantSource peoplesTime;

    /**
     * Of the workspaces in the database behind this source.
     *
     * @param billing the time by which is bound
     * @param peoplesTime the time by which tokens end
     */
    public Dissolutions(DataSource source, InstantSource billing, InstantSource peoplesTime) {
        this.changes = new Changes(source);
        this.billing = billing;
        this.peoplesTime = peoplesTime;
    }

    /**
     * Dissolves a workspace for ever. Its binding ends with the present hour, its write tokens end now. Owner and payer are told by mail.
     *
     * @param by the owner
     * @throws AccountRefused {@link Refusal#NOT_ALLOWED} if {@code by} is not the owner, {@link Refusal#NOT_FOUND} if it is no member
     */
    public void dissolve(String workspaceId, String by) {
        changes.make(handle -> {
            MemberRoles.holdOwner(handle, workspaceId);
            Workspaces.require(handle, workspaceId, by, Role.OWNER);
            Instant now = billing.instant();
            note(handle, workspaceId, by, now);
            tell(handle, workspaceId, now);
            Bindings.end(handle, workspaceId, by, now);
            endTokens(handle, workspaceId, peoplesTime.instant());
            AdministratorRequests.withdrawAll(handle, workspaceId, by, now);
            return letGo(handle, workspaceId);
        });
    }

    private static void note(Handle handle, String workspaceId, String by, Instant now) {
        handle.createUpdate("""
                        INSERT INTO dissolution (workspace_id, dissolved_by, dissolved_at) VALUES (:workspace, :by, :now)
                        """)
                .bind("workspace", workspaceId)
                .bind("by", by)
                .bind("now", now)
                .execute();
    }

    /** While there are an owner and a payer to be told. */
    private static void tell(Handle handle, String workspaceId, Instant now) {
        Workspace workspace = Workspaces.get(handle, workspaceId);
        Optional<String> payer = BoundAccounts.payer(handle, workspaceId);
        payer.ifPresent(account -> {
            AccountMail.toHolder(handle, now, account, "dissolved", "%s (%s)".formatted(workspace.name(), workspaceId));
            AccountMail.toMembers(handle, now, account, workspaceId, List.of(), "dissolved.owner");
        });
    }

    private static void endTokens(Handle handle, String workspaceId, Instant now) {
        handle.createUpdate("""
                        UPDATE write_token SET ends_at = :now
                        WHERE workspace_id = :workspace AND (ends_at IS NULL OR ends_at > :now)
                        """).bind("now", now).bind("workspace", workspaceId).execute();
    }

    private static int letGo(Handle handle, String workspaceId) {
        return handle.createUpdate("DELETE FROM workspace_member WHERE workspace_id = :workspace")
                .bind("workspace", workspaceId)
                .execute();
    }
}
