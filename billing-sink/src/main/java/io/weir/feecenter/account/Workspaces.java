package io.weir.feecenter.account;

import io.weir.billing.WorkspaceChange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Workspaces and who may do what in them. */
public final class Workspaces {

    private static final String MEMBERSHIPS = """
            SELECT workspace_id, site, name, plan, role FROM workspace JOIN workspace_member USING (workspace_id, site)
            WHERE console_account_id = :member
            """;

    private final Changes changes;
    private final InstantSource clock;

    /** The workspaces in the database behind this source. */
    public Workspaces(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
    }

    /**
     * Makes a workspace on the Free plan, on the site of its owner.
     *
     * @param owner id of a console account
     * @throws AccountRefused if the name is not allowed or the account unknown
     */
    public Workspace create(String owner, String name) {
        return changes.make(handle -> create(handle, owner, name, clock.instant()));
    }

    /** Makes a workspace within a transaction, and has it told to the control log. */
    static Workspace create(Handle handle, String owner, String name, Instant now) {
        Workspace workspace = new Workspace(Ids.next("wksp_"), siteOf(handle, owner), Contact.name(name), Plan.FREE);
        insert(handle, workspace, now);
        insertMember(handle, workspace, owner, Role.OWNER);
        WorkspaceChange change = new WorkspaceChange(workspace.workspaceId(), workspace.site());
        Outbox.add(handle, now, workspace.workspaceId(), change);
        return workspace;
    }

    private static String siteOf(Handle handle, String consoleAccountId) {
        return handle.createQuery("SELECT site FROM console_account WHERE console_account_id = :id")
                .bind("id", consoleAccountId)
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> new AccountRefused(
                        Refusal.NOT_FOUND, "console account %s is unknown".formatted(consoleAccountId)));
    }

    private static void insert(Handle handle, Workspace workspace, Instant now) {
        handle.createUpdate("""
                        INSERT INTO workspace (workspace_id, site, name, plan, created_at)
                        VALUES (:workspaceId, :site, :name, :plan, :now)
                        """).bindMethods(workspace).bind("now", now).execute();
    }

    private static void insertMember(Handle handle, Workspace workspace, String member, Role role) {
        handle.createUpdate("""
                        INSERT INTO workspace_member (workspace_id, console_account_id, site, role)
                        VALUES (:workspaceId, :member, :site, :role)
                        """)
                .bindMethods(workspace)
                .bind("member", member)
                .bind("role", role)
                .execute();
    }

    /** The workspaces of a console account, by their names. */
    public List<Membership> of(String consoleAccountId) {
        return changes.read(handle -> handle.createQuery(MEMBERSHIPS + " ORDER BY name, workspace_id")
                .bind("member", consoleAccountId)
                .map((row, context) -> new Membership(
                        ConstructorMapper.of(Workspace.class).map(row, context), Role.valueOf(row.getString("role"))))
                .list());
    }

    /** What a console account is to a workspace; nothing, if there is no such workspace. */
    public Optional<Role> role(String workspaceId, String consoleAccountId) {
        return changes.read(handle -> role(handle, workspaceId, consoleAccountId));
    }

    /**
     * A workspace as one of its members sees it.
     *
     * @param least the role that is needed for what the member wants to see
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if the console account is no member, {@link Refusal#NOT_ALLOWED} if its role
     *     is not enough
     */
    public Membership membership(String workspaceId, String consoleAccountId, Role least) {
        return changes.read(handle -> {
            Role role = require(handle, workspaceId, consoleAccountId, least);
            return new Membership(get(handle, workspaceId), role);
        });
    }

    /**
     * Who may do what in a workspace, the owner first.
     *
     * @param by an administrator or the owner
     * @throws AccountRefused if the role of {@code by} does not allow it
     */
    public List<Member> members(String workspaceId, String by) {
        return changes.read(handle -> {
            require(handle, workspaceId, by, Role.ADMINISTRATOR);
            return handle.createQuery("""
                            SELECT console_account_id, email, user_name, role
                            FROM workspace_member JOIN console_account USING (console_account_id, site)
                            WHERE workspace_id = :workspace
                            ORDER BY array_position(ARRAY['OWNER', 'ADMINISTRATOR', 'MEMBER'], role), email
                            """)
                    .bind("workspace", workspaceId)
                    .map(ConstructorMapper.of(Member.class))
                    .list();
        });
    }

    private static Optional<Role> role(Handle handle, String workspaceId, String consoleAccountId) {
        return handle.createQuery("""
                        SELECT role FROM workspace_member
                        WHERE workspace_id = :workspace AND console_account_id = :member FOR SHARE
                        """)
                .bind("workspace", workspaceId)
                .bind("member", consoleAccountId)
                .mapTo(Role.class)
                .findOne();
    }

    /**
     * Makes sure that a console account has at least this role in a workspace, until the transaction ends.
     *
     * @return the role that it has
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if it is no member, {@link Refusal#NOT_ALLOWED} if its role is not enough
     */
    public static Role require(Handle handle, String workspaceId, String consoleAccountId, Role least) {
        Role role = role(handle, workspaceId, consoleAccountId)
                .orElseThrow(() -> new AccountRefused(
                        Refusal.NOT_FOUND,
                        "workspace %s is nothing to console account %s".formatted(workspaceId, consoleAccountId)));
        if (!role.isAtLeast(least)) {
            throw new AccountRefused(
                    Refusal.NOT_ALLOWED, "workspace %s: only %s may, not %s".formatted(workspaceId, least, role));
        }
        return role;
    }

    /**
     * Lets another console account of the same site into a workspace. Where the fee center has to agree to an administrator, it is asked,
     * and the account is let in as a member.
     *
     * @param by an administrator or the owner
     * @param email of the account that is let in
     * @param role not the owner's
     * @return the role that it has now
     * @throws AccountRefused if the role of {@code by} does not allow it, the site knows no such account, or it is a member already
     */
    public Role addMember(String workspaceId, String by, String email, Role role) {
        return changes.make(handle -> {
            require(handle, workspaceId, by, Role.ADMINISTRATOR);
            if (role == Role.OWNER) {
                throw new AccountRefused(Refusal.NOT_ALLOWED, "a workspace has one owner");
            }
            Workspace workspace = get(handle, workspaceId);
            String member = idOf(handle, workspace.site(), Contact.email(email));
            insertMember(handle, workspace, member, Role.MEMBER);
            Role granted = AdministratorRequests.granted(handle, workspace, member, role, by, clock.instant());
            MemberRoles.set(handle, workspaceId, member, granted);
            return granted;
        });
    }

    private static String idOf(Handle handle, String site, String email) {
        return handle.createQuery(
                        "SELECT console_account_id FROM console_account WHERE site = :site AND email = :email")
                .bind("site", site)
                .bind("email", email)
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> new AccountRefused(
                        Refusal.NOT_FOUND, "site %s has no account with e-mail address %s".formatted(site, email)));
    }

    /** The workspace with this id, whoever asks. */
    public Optional<Workspace> find(String workspaceId) {
        return changes.read(handle -> find(handle, workspaceId));
    }

    private static Optional<Workspace> find(Handle handle, String workspaceId) {
        return handle.createQuery("SELECT workspace_id, site, name, plan FROM workspace WHERE workspace_id = :id")
                .bind("id", workspaceId)
                .map(ConstructorMapper.of(Workspace.class))
                .findOne();
    }

    static Workspace get(Handle handle, String workspaceId) {
        return find(handle, workspaceId)
                .orElseThrow(
                        () -> new AccountRefused(Refusal.NOT_FOUND, "workspace %s is unknown".formatted(workspaceId)));
    }

    /**
     * The workspace.
     *
     * @throws AccountRefused {@link Refusal#NOT_COMMERCIAL} on the Free plan
     */
    static Workspace requireCommercial(Handle handle, String workspaceId) {
        Workspace workspace = get(handle, workspaceId);
        if (workspace.plan() != Plan.COMMERCIAL) {
            throw new AccountRefused(Refusal.NOT_COMMERCIAL, "workspace %s is free".formatted(workspaceId));
        }
        return workspace;
    }

    /** Takes a workspace to the commercial plan. */
    static Workspace makeCommercial(Handle handle, String workspaceId) {
        handle.createUpdate("UPDATE workspace SET plan = 'COMMERCIAL' WHERE workspace_id = :id")
                .bind("id", workspaceId)
                .execute();
        return get(handle, workspaceId);
    }
}
