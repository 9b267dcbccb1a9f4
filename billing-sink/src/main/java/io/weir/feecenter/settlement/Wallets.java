package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What comes into wallets: top-ups, prepaid cards, vouchers (fee-center-rules.md §5). Money that comes in fills debt first. Every
 * reference moves money once per account, so that a request may be repeated.
 */
public final class Wallets {

    private static final BigDecimal CARD_STEP = new BigDecimal("100");
    private static final int MINOR_DIGITS = 2;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public Wallets(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Money that the bank has received: fills debt, the rest is cash.
     *
     * @param reference of the payment provider
     * @return false if this payment was booked before
     * @throws IllegalArgumentException if the amount is not positive with at most two decimals
     */
    public boolean topUp(String accountId, String currency, BigDecimal amount, String reference) {
        requirePositive(amount);
        return inWallet(accountId, currency, wallet -> {
            Map<Purse, BigDecimal> inflows = fillingDebt(wallet, amount, wallet.only(PurseKind.CASH));
            return moved(wallet, MovementKind.TOP_UP, reference, inflows, Movements.Book.BANK);
        });
    }

    /**
     * A prepaid card that was paid for through the bank: fills debt, the rest is on the card. It is for this account only and is
     * neither refunded nor transferred.
     *
     * @param expiresAt it pays for days that ended by then
     * @return false if this purchase was booked before
     * @throws IllegalArgumentException if the amount is not a positive multiple of 100
     */
    public boolean buyCard(String accountId, String currency, BigDecimal amount, Instant expiresAt, String reference) {
        requireCardAmount(amount);
        return inWallet(accountId, currency, wallet -> {
            Purse card = wallet.add(PurseKind.CARD, expiresAt, null, null);
            Map<Purse, BigDecimal> inflows = fillingDebt(wallet, amount, card);
            return moved(wallet, MovementKind.CARD_PURCHASE, reference, inflows, Movements.Book.BANK);
        });
    }

    /**
     * A prepaid card that is paid for from the cash of the wallet: fills debt, the rest is on the card.
     *
     * @param expiresAt it pays for days that ended by then
     * @param reference of the request
     * @return false if this purchase was booked before
     * @throws IllegalArgumentException if the amount is not a positive multiple of 100
     * @throws WalletRefused {@link WalletRefused.Reason#NOT_ENOUGH_CASH}
     */
    public boolean buyCardFromCash(
            String accountId, String currency, BigDecimal amount, Instant expiresAt, String reference) {
        requireCardAmount(amount);
        return inWallet(
                accountId,
                currency,
                wallet -> !wallet.isMoved(MovementKind.CARD_FROM_CASH, reference)
                        && moveCashToCard(wallet, amount, expiresAt, reference));
    }

    /** The postings of both purses sum to zero, so no book outside has a part in it. */
    private static boolean moveCashToCard(OpenWallet wallet, BigDecimal amount, Instant expiresAt, String reference) {
        Purse cash = wallet.only(PurseKind.CASH);
        if (cash.balance().compareTo(amount) < 0) {
            throw new WalletRefused(
                    WalletRefused.Reason.NOT_ENOUGH_CASH,
                    "a prepaid card of %s: there is %s in cash, top up first".formatted(amount, cash.balance()));
        }
        Map<Purse, BigDecimal> inflows = fillingDebt(wallet, amount, wallet.add(PurseKind.CARD, expiresAt, null, null));
        inflows.put(cash, amount.negate());
        return moved(wallet, MovementKind.CARD_FROM_CASH, reference, inflows, Movements.Book.BANK);
    }

    /**
     * A voucher.
     *
     * @param expiresAt it pays for days that ended by then
     * @param threshold what the month's spend has to reach before it pays; null for an ordinary voucher
     * @param reference of the grant, such as the voucher's code
     * @return false if it was granted before
     * @throws IllegalArgumentException if an amount is not positive with at most two decimals
     */
    public boolean grantVoucher(
            String accountId,
            String currency,
            BigDecimal amount,
            Instant expiresAt,
            @Nullable BigDecimal threshold,
            String reference) {
        requirePositive(amount);
        PurseKind kind = threshold == null ? PurseKind.VOUCHER : PurseKind.THRESHOLD_VOUCHER;
        Optional.ofNullable(threshold).ifPresent(Wallets::requirePositive);
        return inWallet(accountId, currency, wallet -> {
            Purse voucher = wallet.add(kind, expiresAt, threshold, null);
            return moved(wallet, MovementKind.VOUCHER_GRANT, reference, Map.of(voucher, amount), Movements.Book.GRANT);
        });
    }

    /** The purses of an account in the order in which they pay, without those of cloud accounts; empty without a wallet. */
    public List<Purse> purses(String accountId) {
        return jdbi.withHandle(handle -> OpenWallet.purses(handle, accountId));
    }

    /** The wallet of an account, if it has one. */
    public Optional<Wallet> wallet(String accountId) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM wallet WHERE account_id = :account")
                .bind("account", accountId)
                .map(OpenWallet::wallet)
                .findOne());
    }

    private static Map<Purse, BigDecimal> fillingDebt(OpenWallet wallet, BigDecimal amount, Purse rest) {
        Purse debt = wallet.only(PurseKind.DEBT);
        BigDecimal paid = debt.balance().negate().min(amount);
        Map<Purse, BigDecimal> inflows = new LinkedHashMap<>();
        inflows.put(debt, paid);
        inflows.put(rest, amount.subtract(paid));
        inflows.values().removeIf(inflow -> inflow.signum() == 0);
        return inflows;
    }

    private static boolean moved(
            OpenWallet wallet,
            MovementKind kind,
            String reference,
            Map<Purse, BigDecimal> inflows,
            Movements.Book from) {
        boolean moved = wallet.move(kind, reference, inflows, from).isPresent();
        wallet.noteArrears();
        return moved;
    }

    /** All of it or nothing: what was prepared for a repeated request is rolled back. */
    private boolean inWallet(String accountId, String currency, Function<OpenWallet, Boolean> work) {
        return jdbi.inTransaction(handle -> {
            OpenWallet wallet = OpenWallet.lock(handle, accountId, currency, clock.instant());
            handle.savepoint("request");
            boolean done = work.apply(wallet);
            if (!done) {
                handle.rollbackToSavepoint("request");
            }
            return done;
        });
    }

    /** When a card ends that is bought now: a year later. */
    public static Instant cardEnd(Instant now) {
        return now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
    }

    /** Whether money of this amount can be moved: it is positive, with at most two decimals. */
    public static boolean isAmount(BigDecimal amount) {
        return amount.signum() > 0 && amount.stripTrailingZeros().scale() <= MINOR_DIGITS;
    }

    /** Whether there are cards of this amount: it is a positive multiple of 100. */
    public static boolean isCardAmount(BigDecimal amount) {
        return isAmount(amount) && amount.remainder(CARD_STEP).signum() == 0;
    }

    static void requireCardAmount(BigDecimal amount) {
        if (!isCardAmount(amount)) {
            throw new IllegalArgumentException("a prepaid card of %s: buy a multiple of 100".formatted(amount));
        }
    }

    static void requirePositive(BigDecimal amount) {
        if (!isAmount(amount)) {
            throw new IllegalArgumentException(
                    "an amount of %s: it must be positive, with at most two decimals".formatted(amount));
        }
    }
}
