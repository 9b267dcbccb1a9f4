package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A wallet within a transaction that holds its lock, so that nobody else moves money in it: its purses are read once, behind the lock, and
 * each movement is carried over to them.
 */
final class OpenWallet {

    private final Handle handle;
    private final Wallet wallet;
    private final Instant now;
    private final Map<Long, Purse> purses = new HashMap<>();
    private final Map<Long, Long> purseOfCloudAccount = new HashMap<>();

    private OpenWallet(Handle handle, Wallet wallet, Instant now) {
        this.handle = handle;
        this.wallet = wallet;
        this.now = now;
        handle.createQuery("SELECT * FROM purse WHERE account_id = :account")
                .bind("account", wallet.accountId())
                .map(this::take)
                .list();
    }

    /** Remembers a purse as it is in the database. */
    private Purse take(ResultSet row, StatementContext context) throws SQLException {
        Purse purse = purse(row, context);
        purses.put(purse.id(), purse);
        Long cloudAccount = row.getObject("cloud_account_id", Long.class);
        if (cloudAccount != null) {
            purseOfCloudAccount.put(cloudAccount, purse.id());
        }
        return purse;
    }

    /**
     * Waits for the wallet's lock, and makes the wallet first if there is none.
     *
     * @throws IllegalArgumentException if the wallet has another currency
     */
    static OpenWallet lock(Handle handle, String accountId, String currency, Instant now) {
        handle.createUpdate("""
                        INSERT INTO wallet (account_id, currency, opened_at) VALUES (:account, :currency, :now)
                        ON CONFLICT (account_id) DO NOTHING
                        """)
                .bind("account", accountId)
                .bind("currency", currency)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
        Wallet wallet = lock(handle, accountId);
        if (!wallet.currency().equals(currency)) {
            throw new IllegalArgumentException("account %s has a wallet in %s, not in %s: that never changes"
                    .formatted(accountId, wallet.currency(), currency));
        }
        return new OpenWallet(handle, wallet, now);
    }

    private static Wallet lock(Handle handle, String accountId) {
        return handle.createQuery("SELECT * FROM wallet WHERE account_id = :account FOR UPDATE")
                .bind("account", accountId)
                .map(OpenWallet::wallet)
                .one();
    }

    static Wallet wallet(ResultSet row, StatementContext context) throws SQLException {
        return new Wallet(
                row.getString("account_id"),
                row.getString("currency"),
                instant(row, "arrears_since"),
                instant(row, "locked_since"));
    }

    private static Purse purse(ResultSet row, StatementContext context) throws SQLException {
        return new Purse(
                row.getLong("purse_id"),
                PurseKind.valueOf(row.getString("kind")),
                row.getBigDecimal("balance"),
                instant(row, "expires_at"),
                row.getBigDecimal("threshold"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** All purses but those of cloud accounts, in the order in which they pay. */
    static List<Purse> purses(Handle handle, String accountId) {
        return handle
                .createQuery("SELECT * FROM purse WHERE account_id = :account AND kind <> 'CLOUD'")
                .bind("account", accountId)
                .map(OpenWallet::purse)
                .stream()
                .sorted(Purse.PAYING_ORDER)
                .toList();
    }

    /** All purses but those of cloud accounts, in the order in which they pay; cash and debt among them. */
    List<Purse> purses() {
        only(PurseKind.CASH);
        only(PurseKind.DEBT);
        return purses.values().stream()
                .filter(purse -> purse.kind() != PurseKind.CLOUD)
                .sorted(Purse.PAYING_ORDER)
                .toList();
    }

    /** The one purse of this kind, cash or debt; made first if it is missing. */
    Purse only(PurseKind kind) {
        return purses.values().stream()
                .filter(purse -> purse.kind() == kind)
                .findFirst()
                .orElseGet(() -> add(kind, null, null, null));
    }

    /** What the cloud account owes; made first if it is missing. */
    Purse ofCloudAccount(long cloudAccountId) {
        Purse purse = purses.get(purseOfCloudAccount.get(cloudAccountId));
        return purse == null ? add(PurseKind.CLOUD, null, null, cloudAccountId) : purse;
    }

    /** A new and empty purse. */
    Purse add(
            PurseKind kind,
            @Nullable Instant expiresAt,
            @Nullable BigDecimal threshold,
            @Nullable Long cloudAccountId) {
        return handle.createQuery("""
                        INSERT INTO purse (account_id, currency, kind, expires_at, threshold, cloud_account_id)
                        VALUES (:account, :currency, :kind, :expires, :threshold, :cloud) RETURNING *
                        """)
                .bind("account", wallet.accountId())
                .bind("currency", wallet.currency())
                .bind("kind", kind.name())
                .bind("expires", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
                .bind("threshold", threshold)
                .bind("cloud", cloudAccountId)
                .map(this::take)
                .one();
    }

    /** Whether a movement of this kind has this reference. */
    boolean isMoved(MovementKind kind, String reference) {
        return movements().isMoved(kind, reference);
    }

    /**
     * Moves amounts between purses and a book outside, which gets the other side of their sum.
     *
     * @param reference names what is moved for; once per account and kind
     * @param inflows per purse what comes in, negative for what goes out; none of them zero
     * @return the movement's number, or nothing if this reference was moved before: nothing is written then
     */
    OptionalLong move(MovementKind kind, String reference, Map<Purse, BigDecimal> inflows, Movements.Book counterpart) {
        OptionalLong movement = movements().move(kind, reference, inflows, counterpart);
        movement.ifPresent(number -> inflows.forEach(this::carry));
        return movement;
    }

    /** What purses pay is gone from them at once; {@link #settle} writes it before the transaction ends. */
    void pay(List<Share> shares) {
        shares.forEach(share -> carry(share.purse(), share.amount().negate()));
    }

    /** Writes what was paid for lines, by their ids; the numbers of the movements by the same ids. */
    Map<String, Long> settle(Map<String, List<Share>> paid) {
        return movements().settle(paid);
    }

    private void carry(Purse purse, BigDecimal inflow) {
        purses.computeIfPresent(purse.id(), (id, present) -> present.with(inflow));
    }

    private Movements movements() {
        return new Movements(handle, wallet, now);
    }

    /** Starts the arrears if there is debt now, ends them and unlocks if there is none. */
    void noteArrears() {
        boolean indebted = only(PurseKind.DEBT).balance().signum() < 0;
        Optional<Instant> since = wallet.inArrears();
        if (indebted && since.isEmpty()) {
            Arrears.begin(handle, wallet.accountId(), now);
        } else if (!indebted && since.isPresent()) {
            Arrears.end(handle, wallet, now);
        }
    }
}
