package io.weir.feecenter.account;

import io.weir.billing.AccountChange;
import io.weir.wire.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The accounts that pay. What is added here is told to {@code fee-center.control}. */
public final class FeeCenterAccounts {

    private final Changes changes;
    private final InstantSource clock;
    private final SignInTries tries;

    /** The accounts in the database behind this source. */
    public FeeCenterAccounts(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.tries = new SignInTries(changes, clock, "fee center");
    }

    /**
     * Registers a new account.
     *
     * @param userName unique for ever, in any case; it never changes
     * @param currency it never changes either
     * @param phone with its country code; null for none
     * @throws AccountRefused if one of them is not allowed, or the user name is taken
     */
    public FeeCenterAccount register(
            String userName, Currency currency, String email, @Nullable String phone, Secret password) {
        FeeCenterAccount account = newAccount(userName, currency, email, phone);
        String hash = Passwords.hash(password);
        return changes.make(handle -> add(handle, account, hash, clock.instant()));
    }

    /** An account that is not registered yet, with what was typed brought into its form. */
    static FeeCenterAccount newAccount(String userName, Currency currency, String email, @Nullable String phone) {
        return new FeeCenterAccount(
                Ids.next("acct_"),
                Contact.userName(userName),
                currency,
                Contact.email(email),
                Contact.phone(phone),
                null);
    }

    /** Registers the account within a transaction, and has it told to the control log. */
    static FeeCenterAccount add(Handle handle, FeeCenterAccount account, String hash, Instant now) {
        handle.createUpdate("""
                        INSERT INTO fee_center_account (account_id, user_name, currency, email, phone, password_hash, created_at)
                        VALUES (:accountId, :userName, :currency, :email, :phone, :hash, :now)
                        """)
                .bindMethods(account)
                .bind("hash", hash)
                .bind("now", now)
                .execute();
        AccountChange change = new AccountChange(
                account.accountId(), account.userName(), account.currency().name());
        Outbox.add(handle, now, account.accountId(), change);
        return account;
    }

    /** Whether an account could be registered under this user name now; for a person who is typing it. */
    public boolean isFree(String userName) {
        return changes.read(handle -> !exists(handle, Contact.userName(userName)));
    }

    private static boolean exists(Handle handle, String userName) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT FROM fee_center_account WHERE lower(user_name) = lower(:user_name))")
                .bind("user_name", userName)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * The account with this user name, e-mail address or phone and this password.
     *
     * @throws AccountRefused {@link Refusal#SIGN_IN_FAILED}, {@link Refusal#SIGN_IN_AMBIGUOUS} or {@link Refusal#TOO_MANY_TRIES}
     */
    public FeeCenterAccount signIn(String userNameEmailOrPhone, Secret password) {
        String login = userNameEmailOrPhone.strip();
        tries.begin(login);
        String id = onlyMatch(changes.read(handle -> byLogin(handle, login)), password);
        tries.succeeded(login);
        return find(id).orElseThrow();
    }

    private static List<Credentials> byLogin(Handle handle, String login) {
        return handle.createQuery("""
                        SELECT account_id AS id, password_hash FROM fee_center_account
                        WHERE email <> '' AND (lower(user_name) = lower(:login) OR email = lower(:login) OR phone = :login)
                        ORDER BY account_id
                        """)
                .bind("login", login)
                .map(ConstructorMapper.of(Credentials.class))
                .list();
    }

    private String onlyMatch(List<Credentials> found, Secret password) {
        List<Credentials> matching = found.stream()
                .filter(account -> Passwords.match(password, account.passwordHash()))
                .toList();
        if (found.isEmpty()) {
            Passwords.match(password, null);
        }
        if (matching.isEmpty()) {
            throw new AccountRefused(Refusal.SIGN_IN_FAILED, "no account with this login and password");
        }
        if (matching.size() > 1) {
            throw new AccountRefused(
                    Refusal.SIGN_IN_AMBIGUOUS, matching.size() + " accounts have this login: sign in with a user name");
        }
        return matching.get(0).id();
    }

    /** The account with this id. */
    public Optional<FeeCenterAccount> find(String accountId) {
        return changes.read(handle -> find(handle, "account_id", accountId));
    }

    /** The account with this user name, in any case. */
    public Optional<FeeCenterAccount> byUserName(String userName) {
        return changes.read(handle -> byUserName(handle, userName));
    }

    private static Optional<FeeCenterAccount> byUserName(Handle handle, String userName) {
        return find(handle, "lower(user_name)", userName.strip().toLowerCase(Locale.ROOT));
    }

    static FeeCenterAccount getByUserName(Handle handle, String userName) {
        return byUserName(handle, userName).orElseThrow(() -> unknown(userName));
    }

    static FeeCenterAccount get(Handle handle, String accountId) {
        return find(handle, "account_id", accountId).orElseThrow(() -> unknown(accountId));
    }

    private static AccountRefused unknown(String account) {
        return new AccountRefused(Refusal.NOT_FOUND, "fee-center account [%s] is unknown".formatted(account));
    }

    static Optional<FeeCenterAccount> find(Handle handle, String column, String value) {
        return handle.createQuery("""
                        SELECT account_id, user_name, currency, email, phone, enterprise FROM fee_center_account WHERE <column> = :value
                        """)
                .define("column", column)
                .bind("value", value)
                .map(ConstructorMapper.of(FeeCenterAccount.class))
                .findOne();
    }

    /**
     * Notes that an account manager has certified the account for an enterprise. It stays certified for that one.
     *
     * @param enterprise the number under which the enterprise is registered
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if there is no such account, or it is certified for another one
     */
    public void certify(String accountId, String enterprise) {
        int certified = changes.make(handle -> handle.createUpdate("""
                        UPDATE fee_center_account SET enterprise = :enterprise
                        WHERE account_id = :account AND coalesce(enterprise, :enterprise) = :enterprise
                        """)
                .bind("enterprise", Contact.name(enterprise))
                .bind("account", accountId)
                .execute());
        if (certified == 0) {
            throw new AccountRefused(
                    Refusal.NOT_FOUND, "account %s: unknown, or certified for another enterprise".formatted(accountId));
        }
    }
}
