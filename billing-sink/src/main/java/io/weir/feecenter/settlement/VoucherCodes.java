package io.weir.feecenter.settlement;

import io.weir.feecenter.account.BoundAccounts;
import io.weir.feecenter.account.Ids;
import io.weir.feecenter.settlement.WalletRefused.Reason;
import io.weir.wire.Secret;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Vouchers that whoever holds a code may activate, once (fee-center-rules.md §5). A code has 128 random bits, so nobody guesses one and its
 * SHA-256 says nothing about it.
 */
public final class VoucherCodes {

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public VoucherCodes(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Issued(long id, VoucherTerms terms) {

        static Issued of(ResultSet row, StatementContext context) throws SQLException {
            VoucherTerms terms = new VoucherTerms(
                    row.getString("currency"),
                    row.getBigDecimal("amount"),
                    row.getBigDecimal("threshold"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant());
            return new Issued(row.getLong("voucher_code_id"), terms);
        }
    }

    /**
     * Issues a code.
     *
     * @param by the operator who gives it out
     * @return {@code vch_} and 32 hex digits; nobody can show it again
     */
    public Secret issue(VoucherTerms terms, String by) {
        String code = Ids.next("vch_");
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO voucher_code (code_sha256, currency, amount, threshold, expires_at, issued_by, issued_at)
                        VALUES (:hash, :currency, :amount, :threshold, :expires, :by, :now)
                        """)
                .bind("hash", DigestUtils.sha256Hex(code))
                .bind("currency", terms.currency())
                .bind("amount", terms.amount())
                .bind("threshold", terms.threshold())
                .bind("expires", terms.expiresAt().atOffset(ZoneOffset.UTC))
                .bind("by", by)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
        return new Secret(code);
    }

    /**
     * Puts the voucher of a code into an account's wallet.
     *
     * @return false if this account has activated it before
     * @throws WalletRefused if there is no such code, it was activated by another account or has expired, or the account has
     *     another currency or pays for no workspace
     */
    public boolean activate(String accountId, Secret code) {
        return jdbi.inTransaction(handle -> {
            Issued issued = issued(handle, code)
                    .orElseThrow(() -> new WalletRefused(Reason.NO_SUCH_CODE, "no voucher has this code"));
            requireFit(handle, issued, accountId);
            OpenWallet wallet =
                    OpenWallet.lock(handle, accountId, issued.terms().currency(), clock.instant());
            return !isActivated(handle, issued, accountId) && activate(handle, wallet, issued);
        });
    }

    private static Optional<Issued> issued(Handle handle, Secret code) {
        return handle.createQuery("SELECT * FROM voucher_code WHERE code_sha256 = :hash")
                .bind("hash", DigestUtils.sha256Hex(code.value().strip()))
                .map(Issued::of)
                .findOne();
    }

    private static void requireFit(Handle handle, Issued issued, String accountId) {
        if (!BoundAccounts.paysForAny(handle, accountId)) {
            throw new WalletRefused(
                    Reason.NOT_COMMERCIAL, "account %s pays for no workspace: upgrade one first".formatted(accountId));
        }
        String currency = BoundAccounts.currency(handle, accountId).name();
        if (!currency.equals(issued.terms().currency())) {
            throw new WalletRefused(
                    Reason.WRONG_CURRENCY,
                    "account %s is in %s, the voucher in %s"
                            .formatted(accountId, currency, issued.terms().currency()));
        }
    }

    /** Whether this account was before; refused if another was. */
    private static boolean isActivated(Handle handle, Issued issued, String accountId) {
        Optional<String> holder = handle.createQuery("""
                        SELECT account_id FROM voucher_activation JOIN movement USING (movement_id)
                        WHERE voucher_code_id = :code
                        """)
                .bind("code", issued.id())
                .mapTo(String.class)
                .findOne();
        if (holder.isPresent() && !holder.get().equals(accountId)) {
            throw used(issued);
        }
        return holder.isPresent();
    }

    private boolean activate(Handle handle, OpenWallet wallet, Issued issued) {
        VoucherTerms terms = issued.terms();
        Instant now = clock.instant();
        if (!now.isBefore(terms.expiresAt())) {
            throw new WalletRefused(Reason.CODE_EXPIRED, "the voucher expired at " + terms.expiresAt());
        }
        Purse voucher = wallet.add(terms.kind(), terms.expiresAt(), terms.threshold(), null);
        Map<Purse, BigDecimal> inflow = Map.of(voucher, terms.amount());
        long movement = wallet.move(
                        MovementKind.VOUCHER_CODE, "voucher code " + issued.id(), inflow, Movements.Book.GRANT)
                .orElseThrow();
        if (!writeDown(handle, issued, movement)) {
            throw used(issued);
        }
        return true;
    }

    /** Waits for whoever activates the same code at the same time; false if they were first. */
    private static boolean writeDown(Handle handle, Issued issued, long movement) {
        return handle.createUpdate("""
                                INSERT INTO voucher_activation (voucher_code_id, movement_id) VALUES (:code, :movement)
                                ON CONFLICT (voucher_code_id) DO NOTHING
                                """)
                        .bind("code", issued.id())
                        .bind("movement", movement)
                        .execute()
                == 1;
    }

    private static WalletRefused used(Issued issued) {
        return new WalletRefused(Reason.CODE_USED, "voucher code %d: another account has it".formatted(issued.id()));
    }
}
