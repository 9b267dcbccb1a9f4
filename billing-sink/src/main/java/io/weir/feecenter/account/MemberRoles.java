package io.weir.feecenter.account;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** What the owner of a workspace makes of its members: administrator or member, or nothing any more. */
public final class MemberRoles {

    private final Changes changes;
    private final InstantSource clock;

    /** In the workspaces of the database behind this source. */
    public MemberRoles(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
    }

    /**
     * Gives a member another role. Where the fee center has to agree to an administrator, it is asked, and the member stays one.
     *
     * @param by the owner
     * @param member id of a console account that is in the workspace and does not own it
     * @param role not the owner's: that is what {@link Handover} is for
     * @return the role that the member has now
     * @throws AccountRefused {@link Refusal#NOT_ALLOWED} if {@code by} is not the owner, or the member or the role is the owner's;
     *     {@link Refusal#NOT_FOUND} if one of them is no member
     */
    public Role give(String workspaceId, String by, String member, Role role) {
        return changes.make(handle -> {
            Role before = requireOthers(handle, workspaceId, by, member);
            if (role == Role.OWNER) {
                throw new AccountRefused(Refusal.NOT_ALLOWED, "workspace %s has one owner".formatted(workspaceId));
            }
            return before == role ? before : give(handle, workspaceId, by, member, role);
        });
    }

    private Role give(Handle handle, String workspaceId, String by, String member, Role role) {
        Workspace workspace = Workspaces.get(handle, workspaceId);
        Role granted = AdministratorRequests.granted(handle, workspace, member, role, by, clock.instant());
        set(handle, workspaceId, member, granted);
        return granted;
    }

    /**
     * Takes a member out of the workspace. Alerts are sent to it no more.
     *
     * @param by the owner
     * @param member id of a console account that is in the workspace and does not own it
     * @throws AccountRefused as {@link #give} does
     */
    public void remove(String workspaceId, String by, String member) {
        changes.make(handle -> {
            requireOthers(handle, workspaceId, by, member);
            AdministratorRequests.withdraw(handle, workspaceId, member, by, clock.instant());
            return handle.createUpdate("""
                            DELETE FROM workspace_member WHERE workspace_id = :workspace AND console_account_id = :member
                            """)
                    .bind("workspace", workspaceId)
                    .bind("member", member)
                    .execute();
        });
    }

    /** The owner acts on somebody else, and stays the owner until the transaction ends. */
    private static Role requireOthers(Handle handle, String workspaceId, String by, String member) {
        holdOwner(handle, workspaceId);
        Workspaces.require(handle, workspaceId, by, Role.OWNER);
        Role role = Workspaces.require(handle, workspaceId, member, Role.MEMBER);
        if (role == Role.OWNER) {
            throw new AccountRefused(Refusal.NOT_ALLOWED, "workspace %s keeps its owner".formatted(workspaceId));
        }
        return role;
    }

    /** Nobody else changes who owns the workspace, or what its members are, until the transaction ends. */
    static void holdOwner(Handle handle, String workspaceId) {
        Changes.oneAtATime(handle, "owner of " + workspaceId);
    }

    static int set(Handle handle, String workspaceId, String member, Role role) {
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
