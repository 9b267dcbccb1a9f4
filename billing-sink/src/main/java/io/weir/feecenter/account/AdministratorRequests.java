package io.weir.feecenter.account;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * In a commercial workspace the fee center agrees before a member becomes an administrator (fee-center-rules.md §2): whoever holds the
 * account that pays accepts or refuses. Until then the person stays a member.
 */
public final class AdministratorRequests {

    private static final String PENDING = """
            SELECT request_id, workspace_id, workspace.name AS workspace_name, asked.console_account_id AS member, person.email,
                   asked_by, asker.email AS asked_by_email, asked_at
            FROM administrator_request AS asked JOIN workspace USING (workspace_id)
                JOIN console_account AS person USING (console_account_id)
                JOIN console_account AS asker ON asker.console_account_id = asked.asked_by
            WHERE ended_as IS NULL
            """;

    /** How a request ends. */
    private enum End {
        ACCEPTED,
        REFUSED,
        WITHDRAWN
    }

    private final Changes changes;
    private final InstantSource clock;

    /** Of the workspaces in the database behind this source. */
    public AdministratorRequests(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
    }

    /**
     * The role that a member gets now. Where the fee center has to agree first, it is asked, and the member is one like others until then.
     *
     * @param role that somebody wants the member to have
     * @param by who wants it
     */
    static Role granted(Handle handle, Workspace workspace, String member, Role role, String by, Instant now) {
        Optional<String> payer = BoundAccounts.payer(handle, workspace.workspaceId());
        if (role != Role.ADMINISTRATOR || workspace.plan() != Plan.COMMERCIAL || payer.isEmpty()) {
            return role;
        }
        if (add(handle, workspace.workspaceId(), member, by, now)) {
            tell(handle, workspace, payer.get(), member, now);
        }
        return Role.MEMBER;
    }

    private static boolean add(Handle handle, String workspaceId, String member, String by, Instant now) {
        return handle.createUpdate("""
                                INSERT INTO administrator_request (workspace_id, console_account_id, asked_by, asked_at)
                                VALUES (:workspace, :member, :by, :now) ON CONFLICT DO NOTHING
                                """)
                        .bind("workspace", workspaceId)
                        .bind("member", member)
                        .bind("by", by)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    private static void tell(Handle handle, Workspace workspace, String payer, String member, Instant now) {
        of(handle, workspace.workspaceId()).stream()
                .filter(asked -> asked.member().equals(member))
                .forEach(asked -> AccountMail.toHolder(
                        handle,
                        now,
                        payer,
                        "administrator.asked",
                        "%s (%s)".formatted(workspace.name(), workspace.workspaceId()),
                        asked.email(),
                        asked.askedByEmail()));
    }

    /** What is asked for a member is asked no more: it got another role, or is none any longer. */
    static int withdraw(Handle handle, String workspaceId, String member, String by, Instant now) {
        return handle.createUpdate("""
                        UPDATE administrator_request SET ended_as = 'WITHDRAWN', ended_by = :by, ended_at = :now
                        WHERE workspace_id = :workspace AND console_account_id = :member AND ended_as IS NULL
                        """)
                .bind("workspace", workspaceId)
                .bind("member", member)
                .bind("by", by)
                .bind("now", now)
                .execute();
    }

    /** Nothing is asked any more in a workspace. */
    static void withdrawAll(Handle handle, String workspaceId, String by, Instant now) {
        of(handle, workspaceId).forEach(asked -> withdraw(handle, workspaceId, asked.member(), by, now));
    }

    /**
     * Takes a request back.
     *
     * @param by the owner of the workspace
     * @param member whom it is about
     * @throws AccountRefused {@link Refusal#NOT_ALLOWED} if {@code by} is not the owner, {@link Refusal#NOT_FOUND} if nothing is asked
     *     for this member, or was answered meanwhile
     */
    public void withdraw(String workspaceId, String by, String member) {
        changes.make(handle -> {
            MemberRoles.holdOwner(handle, workspaceId);
            Workspaces.require(handle, workspaceId, by, Role.OWNER);
            int withdrawn = withdraw(handle, workspaceId, member, by, clock.instant());
            if (withdrawn == 0) {
                throw new AccountRefused(
                        Refusal.NOT_FOUND, "nothing is asked for %s in workspace %s".formatted(member, workspaceId));
            }
            return withdrawn;
        });
    }

    /** What waits for an answer in a workspace, the oldest first. */
    public List<AdministratorRequest> of(String workspaceId) {
        return changes.read(handle -> of(handle, workspaceId));
    }

    private static List<AdministratorRequest> of(Handle handle, String workspaceId) {
        return requests(handle.createQuery(PENDING + " AND workspace_id = :workspace ORDER BY request_id")
                .bind("workspace", workspaceId));
    }

    /** What waits for the answer of an account, in all workspaces for which it pays now, the oldest first. */
    public List<AdministratorRequest> ofPayer(String accountId) {
        return changes.read(handle -> ofPayer(handle, accountId));
    }

    private static List<AdministratorRequest> ofPayer(Handle handle, String accountId) {
        return requests(handle.createQuery(PENDING + """
                         AND :account = (SELECT account_id FROM binding WHERE binding.workspace_id = asked.workspace_id
                                         ORDER BY seq DESC LIMIT 1)
                        ORDER BY request_id
                        """).bind("account", accountId));
    }

    private static List<AdministratorRequest> requests(Query query) {
        return query.map(ConstructorMapper.of(AdministratorRequest.class)).list();
    }

    /**
     * Answers a request. The owner of the workspace and who asked are told by mail.
     *
     * @param accountId the account that pays for the workspace now
     * @param accepted whether the member becomes an administrator
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if the request is nothing to this account, or no longer waits
     */
    public void answer(String accountId, long requestId, boolean accepted) {
        changes.make(handle -> {
            AdministratorRequest asked = held(handle, accountId, requestId);
            if (accepted) {
                MemberRoles.set(handle, asked.workspaceId(), asked.member(), Role.ADMINISTRATOR);
            }
            return end(handle, asked, accountId, accepted ? End.ACCEPTED : End.REFUSED);
        });
    }

    /** Nobody else changes the members of its workspace until the transaction ends; it is looked at again behind that lock. */
    private static AdministratorRequest held(Handle handle, String accountId, long requestId) {
        MemberRoles.holdOwner(handle, waiting(handle, accountId, requestId).workspaceId());
        return waiting(handle, accountId, requestId);
    }

    private static AdministratorRequest waiting(Handle handle, String accountId, long requestId) {
        return ofPayer(handle, accountId).stream()
                .filter(request -> request.requestId() == requestId)
                .findFirst()
                .orElseThrow(() -> new AccountRefused(
                        Refusal.NOT_FOUND, "request %d does not wait for account %s".formatted(requestId, accountId)));
    }

    private int end(Handle handle, AdministratorRequest asked, String accountId, End end) {
        Instant now = clock.instant();
        List<String> asker = List.of(asked.askedBy());
        AccountMail.toMembers(
                handle, now, accountId, asked.workspaceId(), asker, "administrator." + end, asked.email());
        return handle.createUpdate("""
                        UPDATE administrator_request SET ended_as = :end, ended_by = :account, ended_at = :now
                        WHERE request_id = :request
                        """)
                .bind("end", end)
                .bind("account", accountId)
                .bind("now", now)
                .bind("request", asked.requestId())
                .execute();
    }
}
