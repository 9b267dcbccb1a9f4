package io.weir.feecenter.account;

import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** Workspaces get another owner, each exactly one at any time. */
public final class Handover {

    private final Changes changes;

    /** Of the workspaces in the database behind this source. */
    public Handover(DataSource source) {
        this.changes = new Changes(source);
    }

    /**
     * Makes a member the owner; the owner before becomes an administrator.
     *
     * @param by the owner
     * @param member id of a console account that is in the workspace
     * @throws AccountRefused {@link Refusal#NOT_ALLOWED} if {@code by} is not the owner, {@link Refusal#NOT_FOUND} if one of them is
     *     no member
     */
    public void handOver(String workspaceId, String by, String member) {
        changes.make(handle -> {
            Changes.oneAtATime(handle, "owner of " + workspaceId);
            Workspaces.require(handle, workspaceId, by, Role.OWNER);
            Workspaces.require(handle, workspaceId, member, Role.MEMBER);
            setRole(handle, workspaceId, by, Role.ADMINISTRATOR);
            return setRole(handle, workspaceId, member, Role.OWNER);
        });
    }

    private static int setRole(Handle handle, String workspaceId, String member, Role role) {
        return handle.createUpdate("""
                        UPDATE workspace_member SET role = :role
                        WHERE workspace_id = :workspace AND console_account_id = :member
                        """)
                .bind("role", role)
                .bind("workspace", workspaceId)
                .bind("member", member)
                .execute();
    }
}
