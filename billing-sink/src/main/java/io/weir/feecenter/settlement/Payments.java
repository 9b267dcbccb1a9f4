package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Top-ups and prepaid cards that are paid through a provider (fee-center-rules.md §5). A payment is written down before the provider hears
 * of it, and is booked once, when the provider says that it is paid.
 */
public final class Payments {

    /** For how long a payment that nobody confirmed is asked after. */
    private static final Duration WAITING = Duration.ofDays(7);

    private static final int REFERENCE_DIGITS = 32;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Wallets wallets;
    private final PaymentProvider provider;

    /** Over the ledger's database. */
    public Payments(Jdbi jdbi, InstantSource clock, PaymentProvider provider) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.wallets = new Wallets(jdbi, clock);
        this.provider = provider;
    }

    private record Asked(
            String reference,
            String accountId,
            String currency,
            MovementKind kind,
            BigDecimal amount,
            @Nullable Instant cardExpiresAt) {}

    /**
     * Asks for a payment that tops the wallet up.
     *
     * @param request names what the customer asked for; whoever asks again with it gets the same payment
     * @throws IllegalArgumentException if the amount is not positive with at most two decimals, or the wallet has another currency
     * @throws WalletRefused {@link WalletRefused.Reason#PAYMENT_REFUSED}, or {@link WalletRefused.Reason#REQUEST_REUSED} if it was for something else
     */
    public RequestedPayment topUp(String accountId, String currency, BigDecimal amount, String request) {
        Wallets.requirePositive(amount);
        return request(
                new Asked(reference(accountId, request), accountId, currency, MovementKind.TOP_UP, amount, null));
    }

    /**
     * Asks for a payment that buys a prepaid card.
     *
     * @param request as for {@link #topUp}
     * @param expiresAt the card pays for days that ended by then
     * @throws IllegalArgumentException if the amount is not a positive multiple of 100, or the wallet has another currency
     * @throws WalletRefused {@link WalletRefused.Reason#PAYMENT_REFUSED}, or {@link WalletRefused.Reason#REQUEST_REUSED} if it was for something else
     */
    public RequestedPayment buyCard(
            String accountId, String currency, BigDecimal amount, Instant expiresAt, String request) {
        Wallets.requireCardAmount(amount);
        return request(new Asked(
                reference(accountId, request), accountId, currency, MovementKind.CARD_PURCHASE, amount, expiresAt));
    }

    /** The same for the same request, and never that of another account. */
    private static String reference(String accountId, String request) {
        return "pay_" + DigestUtils.sha256Hex(accountId + "\n" + request).substring(0, REFERENCE_DIGITS);
    }

    private RequestedPayment request(Asked asked) {
        if (!writeDown(asked)) {
            requireSame(asked);
        }
        URI place = provider.request(asked.reference(), asked.amount(), asked.currency())
                .orElseThrow(() -> new WalletRefused(
                        WalletRefused.Reason.PAYMENT_REFUSED,
                        "a payment of %s %s: the provider takes no such amount"
                                .formatted(asked.amount(), asked.currency())));
        return new RequestedPayment(asked.reference(), place);
    }

    /** A card that is asked for again may end later: it ends as was said at first. */
    private void requireSame(Asked asked) {
        Asked before = asked(asked.reference()).orElseThrow();
        if (before.kind() != asked.kind() || before.amount().compareTo(asked.amount()) != 0) {
            throw new WalletRefused(
                    WalletRefused.Reason.REQUEST_REUSED,
                    "payment %s: %s was asked for before, not %s"
                            .formatted(asked.reference(), before.amount(), asked.amount()));
        }
    }

    /** Whether it was new. */
    private boolean writeDown(Asked asked) {
        OffsetDateTime expires =
                asked.cardExpiresAt() == null ? null : asked.cardExpiresAt().atOffset(ZoneOffset.UTC);
        return jdbi.inTransaction(handle -> {
            OpenWallet.lock(handle, asked.accountId(), asked.currency(), clock.instant());
            return handle.createUpdate("""
                            INSERT INTO payment (reference, account_id, currency, kind, amount, card_expires_at, requested_at)
                            VALUES (:reference, :accountId, :currency, :kind, :amount, :expires, :now)
                            ON CONFLICT (reference) DO NOTHING
                            """)
                            .bind("reference", asked.reference())
                            .bind("accountId", asked.accountId())
                            .bind("currency", asked.currency())
                            .bind("kind", asked.kind().name())
                            .bind("amount", asked.amount())
                            .bind("expires", expires)
                            .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                            .execute()
                    > 0;
        });
    }

    /**
     * Books a payment if the provider says that it is paid: when the customer comes back, and when the provider sends word. To be
     * called as often as anybody likes.
     *
     * @return whether the money is in the wallet
     * @throws WalletRefused {@link WalletRefused.Reason#NO_SUCH_PAYMENT}
     */
    public boolean confirm(String reference) {
        Asked asked = asked(reference)
                .orElseThrow(() -> new WalletRefused(
                        WalletRefused.Reason.NO_SUCH_PAYMENT, "payment %s: nobody asked for it".formatted(reference)));
        boolean paid = provider.isPaid(reference);
        if (paid) {
            book(asked);
        }
        return paid;
    }

    private void book(Asked asked) {
        if (asked.cardExpiresAt() == null) {
            wallets.topUp(asked.accountId(), asked.currency(), asked.amount(), asked.reference());
        } else {
            wallets.buyCard(
                    asked.accountId(), asked.currency(), asked.amount(), asked.cardExpiresAt(), asked.reference());
        }
    }

    /** Confirms what was asked for in the last seven days and is not booked, in case word of it was lost. To be called now and then. */
    public void confirmWaiting() {
        waiting().forEach(this::confirm);
    }

    private List<String> waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT reference FROM payment AS asked WHERE requested_at >= :oldest
                          AND NOT EXISTS (SELECT FROM movement WHERE movement.account_id = asked.account_id
                                          AND movement.kind = asked.kind AND movement.reference = asked.reference)
                        ORDER BY requested_at, reference
                        """)
                .bind("oldest", clock.instant().minus(WAITING).atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .list());
    }

    private Optional<Asked> asked(String reference) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM payment WHERE reference = :reference")
                .bind("reference", reference)
                .map((row, context) -> new Asked(
                        reference,
                        row.getString("account_id"),
                        row.getString("currency"),
                        MovementKind.valueOf(row.getString("kind")),
                        row.getBigDecimal("amount"),
                        OpenWallet.instant(row, "card_expires_at")))
                .findOne());
    }
}
