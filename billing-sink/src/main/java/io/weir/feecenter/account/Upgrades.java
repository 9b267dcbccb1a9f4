package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The way from the Free plan to the commercial one, which nobody goes back: the owner names a fee-center account, shows by a code that
 * its holder agrees, or makes a new account, and accepts the agreement. The account pays from the next full hour on.
 */
public final class Upgrades {

    private final Changes changes;
    private final InstantSource clock;
    private final Codes codes;

    /** Upgrades of the workspaces in the database behind this source. */
    public Upgrades(DataSource source, InstantSource clock, Codes codes) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.codes = codes;
    }

    /**
     * What is accepted with an upgrade.
     *
     * @param agreement name and version of the agreement that was shown and accepted; blank if it was not
     * @param language of the mail that tells of the activation
     */
    public record Acceptance(String agreement, Locale language) {}

    /**
     * Sends a code to the e-mail address of an account, whose holder passes it on if the account is to pay for this workspace.
     *
     * @param by the owner of the workspace
     * @throws AccountRefused if {@code by} is not the owner, the workspace is commercial, there is no such account, or no code can
     *     be sent
     */
    public void sendCode(String workspaceId, String by, String userName, Locale language) {
        FeeCenterAccount account = changes.read(handle -> {
            requireFree(handle, workspaceId, by);
            return FeeCenterAccounts.getByUserName(handle, userName);
        });
        codes.send(CodePurpose.UPGRADE, subject(workspaceId, account), account.email(), account.userName(), language);
    }

    private static String subject(String workspaceId, FeeCenterAccount account) {
        return workspaceId + " " + account.accountId();
    }

    /**
     * Upgrades a workspace; an account that there is already pays.
     *
     * @param by the owner of the workspace
     * @param code as sent by {@link #sendCode} for this workspace and account
     * @throws AccountRefused as {@link #sendCode}, or if the code is wrong or the agreement not accepted
     */
    public Binding upgrade(String workspaceId, String by, String userName, String code, Acceptance acceptance) {
        FeeCenterAccount account = changes.read(handle -> {
            requireFree(handle, workspaceId, by);
            return FeeCenterAccounts.getByUserName(handle, userName);
        });
        requireAccepted(acceptance);
        codes.use(CodePurpose.UPGRADE, subject(workspaceId, account), code);
        return changes.make(handle -> upgrade(handle, workspaceId, by, account, acceptance));
    }

    /**
     * Upgrades a workspace; a new account pays.
     *
     * @param by the owner of the workspace
     * @throws AccountRefused if {@code by} is not the owner, the workspace is commercial, the agreement not accepted, or the account
     *     cannot be registered (as {@link FeeCenterAccounts#register})
     */
    public Binding upgradeWithNewAccount(
            String workspaceId,
            String by,
            String userName,
            Currency currency,
            String email,
            @Nullable String phone,
            Secret password,
            Acceptance acceptance) {
        requireAccepted(acceptance);
        FeeCenterAccount account = FeeCenterAccounts.newAccount(userName, currency, email, phone);
        String hash = Passwords.hash(password);
        return changes.make(handle -> {
            FeeCenterAccounts.add(handle, account, hash, clock.instant());
            return upgrade(handle, workspaceId, by, account, acceptance);
        });
    }

    /** Upgrades within a transaction. */
    Binding upgrade(Handle handle, String workspaceId, String by, FeeCenterAccount account, Acceptance acceptance) {
        requireFree(handle, workspaceId, by);
        Instant now = clock.instant();
        Workspace workspace = Workspaces.makeCommercial(handle, workspaceId);
        handle.createUpdate("""
                        INSERT INTO upgrade (workspace_id, agreement, accepted_by, accepted_at)
                        VALUES (:workspace, :agreement, :by, :now)
                        """)
                .bind("workspace", workspaceId)
                .bind("agreement", acceptance.agreement())
                .bind("by", by)
                .bind("now", now)
                .execute();
        MailText text =
                MailText.of("activated", acceptance.language(), workspace.name(), workspaceId, account.userName());
        Mailings.add(handle, now, account.email(), text);
        return Bindings.bind(handle, workspaceId, account.accountId(), by, now);
    }

    private static void requireFree(Handle handle, String workspaceId, String by) {
        Workspaces.require(handle, workspaceId, by, Role.OWNER);
        if (Workspaces.get(handle, workspaceId).plan() != Plan.FREE) {
            throw new AccountRefused(
                    Refusal.COMMERCIAL_ALREADY, "workspace %s is commercial already".formatted(workspaceId));
        }
    }

    static void requireAccepted(Acceptance acceptance) {
        if (acceptance.agreement().isBlank()) {
            throw new AccountRefused(Refusal.AGREEMENT_MISSING, "the agreement is not accepted");
        }
    }
}
