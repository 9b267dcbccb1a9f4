package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * New passwords for whoever has forgotten the old one, by a code to the e-mail address of the account. Whether there is such an
 * account is not said. Whoever is signed in with the old password stays so until the console ends that.
 */
public final class ForgottenPasswords {

    private final Changes changes;
    private final InstantSource clock;
    private final Codes codes;

    /** Passwords of the accounts in the database behind this source. */
    public ForgottenPasswords(DataSource source, InstantSource clock, Codes codes) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.codes = codes;
    }

    /** Whose password is forgotten. */
    private record Forgetful(String table, String idColumn, String id, String email, String userName) {

        String subject() {
            return table + " " + id;
        }
    }

    /**
     * Sends a code to this address, if the site has an account with it.
     *
     * @throws AccountRefused {@link Refusal#TOO_MANY_TRIES} or {@link Refusal#MAIL_UNAVAILABLE}
     */
    public void sendConsoleCode(String site, String email, Locale language) {
        changes.read(handle -> console(handle, site, email)).ifPresent(account -> send(account, language));
    }

    /**
     * Gives the console account of this address a new password. The address is told.
     *
     * @param code as sent by {@link #sendConsoleCode}
     * @return id of the console account
     * @throws AccountRefused {@link Refusal#CODE_WRONG}, also where there is no such account, or {@link Refusal#PASSWORD_INVALID}
     */
    public String renewConsole(String site, String email, String code, Secret password, Locale language) {
        return renew(changes.read(handle -> console(handle, site, email)), code, password, language);
    }

    /**
     * Sends a code to the e-mail address of the fee-center account with this user name, if there is one.
     *
     * @throws AccountRefused {@link Refusal#TOO_MANY_TRIES} or {@link Refusal#MAIL_UNAVAILABLE}
     */
    public void sendFeeCenterCode(String userName, Locale language) {
        changes.read(handle -> feeCenter(handle, userName)).ifPresent(account -> send(account, language));
    }

    /**
     * Gives the fee-center account with this user name a new password. Its e-mail address is told.
     *
     * @param code as sent by {@link #sendFeeCenterCode}
     * @return id of the fee-center account
     * @throws AccountRefused as {@link #renewConsole}
     */
    public String renewFeeCenter(String userName, String code, Secret password, Locale language) {
        return renew(changes.read(handle -> feeCenter(handle, userName)), code, password, language);
    }

    private static Optional<Forgetful> console(Handle handle, String site, String email) {
        return ConsoleAccounts.byEmail(handle, site, Contact.email(email))
                .map(account -> new Forgetful(
                        "console_account",
                        "console_account_id",
                        account.consoleAccountId(),
                        account.email(),
                        account.userName()));
    }

    private static Optional<Forgetful> feeCenter(Handle handle, String userName) {
        return FeeCenterAccounts.byUserName(handle, userName)
                .map(account -> new Forgetful(
                        "fee_center_account", "account_id", account.accountId(), account.email(), account.userName()));
    }

    private void send(Forgetful account, Locale language) {
        codes.send(CodePurpose.PASSWORD, account.subject(), account.email(), account.userName(), language);
    }

    private String renew(Optional<Forgetful> found, String code, Secret password, Locale language) {
        String hash = Passwords.hash(password);
        Forgetful account = found.orElseThrow(
                () -> new AccountRefused(Refusal.CODE_WRONG, "wrong, used, too old, or tried too often"));
        codes.use(CodePurpose.PASSWORD, account.subject(), code);
        changes.make(handle -> {
            Mailings.add(
                    handle, clock.instant(), account.email(), MailText.of("password", language, account.userName()));
            return handle.createUpdate("UPDATE <table> SET password_hash = :hash WHERE <id> = :id")
                    .define("table", account.table())
                    .define("id", account.idColumn())
                    .bind("hash", hash)
                    .bind("id", account.id())
                    .execute();
        });
        return account.id();
    }
}
