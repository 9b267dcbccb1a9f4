package io.weir.feecenter.account;

import io.weir.feecenter.account.Upgrades.Acceptance;
import io.weir.wire.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The way onto the commercial plan in one step (fee-center-rules.md §3): a person who has no account gets a console account, a
 * fee-center account with the same user name, e-mail address and password, and a workspace that it pays for. All of it, or nothing.
 */
public final class CommercialRegistration {

    private final Changes changes;
    private final InstantSource clock;
    private final Codes codes;
    private final Upgrades upgrades;

    /** Registrations in the database behind this source. */
    public CommercialRegistration(DataSource source, InstantSource clock, Codes codes) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.codes = codes;
        this.upgrades = new Upgrades(source, clock, codes);
    }

    /**
     * What a person fills in.
     *
     * @param site id of the site of the console account and the workspace
     * @param email unique on the site
     * @param phone with its country code, unique on the site; null for none
     * @param userName unique among fee-center accounts for ever
     * @param password of both accounts, which live on their own afterwards
     * @param currency of the fee-center account, for ever
     * @param workspaceName what its members call the workspace
     */
    public record Form(
            String site,
            String email,
            @Nullable String phone,
            String userName,
            Secret password,
            Currency currency,
            String workspaceName) {}

    /** What was made of it: the workspace is commercial, and the console account owns it. */
    public record Registered(ConsoleAccount console, FeeCenterAccount account, Workspace workspace, Binding binding) {}

    /**
     * Registers.
     *
     * @param code as sent by {@link Codes#sendToRegister} to the e-mail address
     * @throws AccountRefused if something is not allowed or taken, the agreement is not accepted, or the code is wrong
     */
    public Registered register(Form form, String code, Acceptance acceptance) {
        return register(form, code, acceptance, (handle, registered) -> {});
    }

    /**
     * Registers, and does something more in the same transaction.
     *
     * @param with is told what was registered; what it throws undoes the registration
     * @throws AccountRefused as {@link #register(Form, String, Acceptance)}
     */
    public Registered register(Form form, String code, Acceptance acceptance, BiConsumer<Handle, Registered> with) {
        Upgrades.requireAccepted(acceptance);
        ConsoleAccount console = ConsoleAccounts.newAccount(form.site(), form.email(), form.phone(), form.userName());
        FeeCenterAccount account =
                FeeCenterAccounts.newAccount(form.userName(), form.currency(), form.email(), form.phone());
        String workspaceName = Contact.name(form.workspaceName());
        // A hash for each account, so that nobody sees that they have one password.
        String consoleHash = Passwords.hash(form.password());
        String accountHash = Passwords.hash(form.password());
        changes.read(handle -> FeeCenterAccounts.requireFree(handle, account.userName()));
        codes.useToRegister(form.email(), code);
        return changes.make(handle -> {
            Instant now = clock.instant();
            ConsoleAccounts.add(handle, console, consoleHash, now);
            FeeCenterAccounts.add(handle, account, accountHash, now);
            Registered registered = openWorkspace(handle, console, account, workspaceName, acceptance);
            with.accept(handle, registered);
            return registered;
        });
    }

    private Registered openWorkspace(
            Handle handle, ConsoleAccount console, FeeCenterAccount account, String name, Acceptance acceptance) {
        String owner = console.consoleAccountId();
        String workspaceId =
                Workspaces.create(handle, owner, name, clock.instant()).workspaceId();
        Binding binding = upgrades.upgrade(handle, workspaceId, owner, account, acceptance);
        return new Registered(console, account, Workspaces.get(handle, workspaceId), binding);
    }
}
