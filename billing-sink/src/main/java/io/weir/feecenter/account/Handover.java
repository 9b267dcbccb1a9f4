package io.weir.feecenter.account;

import java.time.InstantSource;
import javax.sql.DataSource;

/** Workspaces get another owner, each exactly one at any time. */
public final class Handover {

    private final Changes changes;
    private final InstantSource clock;

    /** Of the workspaces in the database behind this source. */
    public Handover(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
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
            MemberRoles.holdOwner(handle, workspaceId);
            Workspaces.require(handle, workspaceId, by, Role.OWNER);
            Workspaces.require(handle, workspaceId, member, Role.MEMBER);
            AdministratorRequests.withdraw(handle, workspaceId, member, by, clock.instant());
            MemberRoles.set(handle, workspaceId, by, Role.ADMINISTRATOR);
            return MemberRoles.set(handle, workspaceId, member, Role.OWNER);
        });
    }
}
