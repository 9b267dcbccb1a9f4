package io.weir.feecenter.account;

import io.weir.billing.BindingChange;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Which fee-center account pays for which workspace, now and at any time before. */
public final class Bindings {

    private final Changes changes;
    private final InstantSource clock;

    /** The bindings in the database behind this source. */
    public Bindings(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
    }

    /**
     * Has another account pay from the next full hour on.
     *
     * @param by the owner of the workspace
     * @param userName of an account that is certified for the same enterprise as the present one
     * @param language of the mail to the new account
     * @throws AccountRefused if {@code by} is not the owner, the workspace not commercial, or the accounts not of one enterprise
     */
    public Binding rebind(String workspaceId, String by, String userName, Locale language) {
        return rebind(workspaceId, by, userName, language, (handle, binding) -> {});
    }

    /**
     * Has another account pay, and does something more in the same transaction.
     *
     * @param with is told the new binding; what it throws undoes it
     * @throws AccountRefused as {@link #rebind(String, String, String, Locale)}
     */
    public Binding rebind(
            String workspaceId, String by, String userName, Locale language, BiConsumer<Handle, Binding> with) {
        return changes.make(handle -> {
            Workspaces.require(handle, workspaceId, by, Role.OWNER);
            Workspace workspace = Workspaces.requireCommercial(handle, workspaceId);
            FeeCenterAccount target = FeeCenterAccounts.getByUserName(handle, userName);
            requireSameEnterprise(handle, workspaceId, target);
            Instant now = clock.instant();
            Mailings.add(
                    handle,
                    now,
                    target.email(),
                    MailText.of("rebound", language, workspace.name(), workspaceId, target.userName()));
            Binding binding = bind(handle, workspaceId, target.accountId(), by, now);
            with.accept(handle, binding);
            return binding;
        });
    }

    private static void requireSameEnterprise(Handle handle, String workspaceId, FeeCenterAccount target) {
        lock(handle, workspaceId);
        FeeCenterAccount present = current(handle, workspaceId)
                .flatMap(binding -> FeeCenterAccounts.find(handle, "account_id", binding.accountId()))
                .orElseThrow();
        if (present.accountId().equals(target.accountId())) {
            throw new AccountRefused(Refusal.BOUND_ALREADY, "%s pays already".formatted(target.userName()));
        }
        if (present.enterprise() == null || !present.enterprise().equals(target.enterprise())) {
            throw new AccountRefused(
                    Refusal.ENTERPRISE_DIFFERS,
                    "%s and %s are not certified for one enterprise".formatted(present.userName(), target.userName()));
        }
    }

    private static void lock(Handle handle, String workspaceId) {
        Changes.oneAtATime(handle, "binding of " + workspaceId);
    }

    /** Binds within a transaction, and has it told to the control log. */
    static Binding bind(Handle handle, String workspaceId, String accountId, String by, Instant now) {
        lock(handle, workspaceId);
        long seq = lastSeq(handle, workspaceId) + 1;
        // Milliseconds, as on the control log.
        Binding binding = new Binding(workspaceId, seq, accountId, now.truncatedTo(ChronoUnit.MILLIS), by);
        handle.createUpdate("""
                        INSERT INTO binding (workspace_id, seq, account_id, effective_from, bound_by)
                        VALUES (:workspaceId, :seq, :accountId, :effectiveFrom, :boundBy)
                        """).bindMethods(binding).execute();
        BindingChange change = new BindingChange(workspaceId, accountId, binding.effectiveFrom(), seq);
        Outbox.add(handle, now, workspaceId, change);
        return binding;
    }

    /** Ends the binding within a transaction, and has it told to the control log: from the next window on nobody pays. */
    static void end(Handle handle, String workspaceId, String by, Instant now) {
        lock(handle, workspaceId);
        if (current(handle, workspaceId).isEmpty()) {
            return;
        }
        long seq = lastSeq(handle, workspaceId) + 1;
        Instant end = now.truncatedTo(ChronoUnit.MILLIS);
        handle.createUpdate("""
                        INSERT INTO binding (workspace_id, seq, effective_from, bound_by) VALUES (:workspace, :seq, :end, :by)
                        """)
                .bind("workspace", workspaceId)
                .bind("seq", seq)
                .bind("end", end)
                .bind("by", by)
                .execute();
        Outbox.add(handle, now, workspaceId, new BindingChange(workspaceId, null, end, seq));
    }

    private static long lastSeq(Handle handle, String workspaceId) {
        return handle.createQuery("SELECT coalesce(max(seq), 0) FROM binding WHERE workspace_id = :workspace")
                .bind("workspace", workspaceId)
                .mapTo(Long.class)
                .one();
    }

    /** The binding of a workspace as it stands now; nothing on the Free plan, or after the last one has ended. */
    public Optional<Binding> current(String workspaceId) {
        return changes.read(handle -> current(handle, workspaceId));
    }

    /**
     * The account that pays for a workspace now, for its owner to act for it; nothing if nobody pays.
     *
     * @param by the owner of the workspace
     * @throws AccountRefused if {@code by} is not the owner
     */
    public Optional<FeeCenterAccount> payer(String workspaceId, String by) {
        return changes.read(handle -> {
            Workspaces.require(handle, workspaceId, by, Role.OWNER);
            return current(handle, workspaceId)
                    .flatMap(binding -> FeeCenterAccounts.find(handle, "account_id", binding.accountId()));
        });
    }

    private static Optional<Binding> current(Handle handle, String workspaceId) {
        return bindings(handle.createQuery("""
                                SELECT workspace_id, seq, account_id, effective_from, coalesce(bound_by, '') AS bound_by FROM binding
                                WHERE workspace_id = :workspace AND account_id IS NOT NULL
                                  AND seq = (SELECT max(seq) FROM binding WHERE workspace_id = :workspace)
                                """).bind("workspace", workspaceId)).stream()
                .findFirst();
    }

    /** All bindings of a workspace, the first one first; not that one ended. */
    public List<Binding> history(String workspaceId) {
        return changes.read(handle -> bindings(handle.createQuery("""
                        SELECT workspace_id, seq, account_id, effective_from, coalesce(bound_by, '') AS bound_by FROM binding
                        WHERE workspace_id = :workspace AND account_id IS NOT NULL ORDER BY seq
                        """).bind("workspace", workspaceId)));
    }

    /** The workspaces for which an account pays now, by their ids. */
    public List<Binding> of(String accountId) {
        return changes.read(handle -> bindings(handle.createQuery("""
                        SELECT workspace_id, seq, account_id, effective_from, coalesce(bound_by, '') AS bound_by
                        FROM binding AS newest
                        WHERE account_id = :account
                          AND NOT EXISTS (SELECT FROM binding AS later
                                          WHERE later.workspace_id = newest.workspace_id AND later.seq > newest.seq)
                        ORDER BY workspace_id COLLATE "C"
                        """).bind("account", accountId)));
    }

    private static List<Binding> bindings(Query query) {
        return query.map(ConstructorMapper.of(Binding.class)).list();
    }
}
