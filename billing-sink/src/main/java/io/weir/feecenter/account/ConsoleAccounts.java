package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The console accounts of all sites. Sites are isolated: an account of one site does not exist on another. */
public final class ConsoleAccounts {

    private static final String COLUMNS = "console_account_id, site, email, phone, user_name";

    private final Changes changes;
    private final InstantSource clock;
    private final SignInTries tries;

    /** The accounts in the database behind this source. */
    public ConsoleAccounts(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.tries = new SignInTries(changes, clock, "console");
    }

    /**
     * Registers a person on a site.
     *
     * @param site id of the site
     * @param email unique on the site, in any case
     * @param phone with its country code, unique on the site; null for none
     * @param userName what the person is called; not unique
     * @throws AccountRefused if one of them is not allowed or taken
     */
    public ConsoleAccount register(
            String site, String email, @Nullable String phone, String userName, Secret password) {
        ConsoleAccount account = newAccount(site, email, phone, userName);
        String hash = Passwords.hash(password);
        changes.make(handle -> add(handle, account, hash, clock.instant()));
        return account;
    }

    /** An account that is not registered yet, with what was typed brought into its form. */
    static ConsoleAccount newAccount(String site, String email, @Nullable String phone, String userName) {
        return new ConsoleAccount(
                Ids.next("user_"),
                Contact.site(site),
                Contact.email(email),
                Contact.phone(phone),
                Contact.name(userName));
    }

    /** Registers the account within a transaction. */
    static int add(Handle handle, ConsoleAccount account, String hash, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO console_account
                               (console_account_id, site, email, phone, user_name, password_hash, created_at)
                        VALUES (:consoleAccountId, :site, :email, :phone, :userName, :hash, :now)
                        """)
                .bindMethods(account)
                .bind("hash", hash)
                .bind("now", now)
                .execute();
    }

    /**
     * The account of a site with this e-mail address or phone and this password.
     *
     * @throws AccountRefused {@link Refusal#SIGN_IN_FAILED} or {@link Refusal#TOO_MANY_TRIES}
     */
    public ConsoleAccount signIn(String site, String emailOrPhone, Secret password) {
        String login = site + " " + emailOrPhone;
        tries.begin(login);
        Optional<Credentials> found = changes.read(handle -> byLogin(handle, site, emailOrPhone.strip()));
        if (!Passwords.match(password, found.map(Credentials::passwordHash).orElse(null))) {
            throw new AccountRefused(Refusal.SIGN_IN_FAILED, "no account with this login and password");
        }
        tries.succeeded(login);
        return find(found.orElseThrow().id()).orElseThrow();
    }

    private static Optional<Credentials> byLogin(Handle handle, String site, String login) {
        return handle.createQuery("""
                        SELECT console_account_id AS id, password_hash FROM console_account
                        WHERE site = :site AND (email = lower(:login) OR phone = :login)
                        """)
                .bind("site", site)
                .bind("login", login)
                .map(ConstructorMapper.of(Credentials.class))
                .findOne();
    }

    /** The account with this id. */
    public Optional<ConsoleAccount> find(String consoleAccountId) {
        return changes.read(handle -> account(
                handle.createQuery("SELECT %s FROM console_account WHERE console_account_id = :id".formatted(COLUMNS))
                        .bind("id", consoleAccountId)));
    }

    /** The account of a site with this e-mail address. */
    public Optional<ConsoleAccount> byEmail(String site, String email) {
        return changes.read(handle -> byEmail(handle, site, email));
    }

    static Optional<ConsoleAccount> byEmail(Handle handle, String site, String email) {
        return account(handle.createQuery("SELECT %s FROM console_account WHERE site = :site AND email = lower(:email)"
                        .formatted(COLUMNS))
                .bind("site", site)
                .bind("email", email.strip()));
    }

    private static Optional<ConsoleAccount> account(Query query) {
        return query.map(ConstructorMapper.of(ConsoleAccount.class)).findOne();
    }
}
