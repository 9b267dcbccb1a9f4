package io.weir.feecenter.api;

import io.weir.feecenter.settlement.Purse;
import io.weir.feecenter.settlement.PurseKind;
import io.weir.feecenter.settlement.Wallet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in the wallet of an account.
 *
 * @param arrearsSince since when it has debt; null without debt
 * @param lockedSince since when its workspaces are locked for arrears; null if they are not
 * @param purses in the order in which they pay
 */
record WalletRow(
        String currency,
        @Nullable Instant arrearsSince,
        @Nullable Instant lockedSince,
        List<PurseRow> purses) {

    /** A copy that nobody changes. */
    WalletRow {
        purses = List.copyOf(purses);
    }

    /**
     * What money lies in, or is owed.
     *
     * @param expiresAt it pays for days that ended by then; null if it never expires
     * @param threshold what the month's spend has to reach before it pays; null if it pays at once
     */
    record PurseRow(
            String purseId,
            PurseKind kind,
            BigDecimal balance,
            @Nullable Instant expiresAt,
            @Nullable BigDecimal threshold) {

        static PurseRow of(Purse purse) {
            return new PurseRow(
                    Long.toString(purse.id()),
                    purse.kind(),
                    Rows.amount(purse.balance()),
                    purse.expiresAt(),
                    Optional.ofNullable(purse.threshold()).map(Rows::amount).orElse(null));
        }
    }

    /** A wallet with its purses; an account that never had money has none. */
    static WalletRow of(String currency, Optional<Wallet> wallet, List<Purse> purses) {
        return new WalletRow(
                currency,
                wallet.flatMap(Wallet::inArrears).orElse(null),
                wallet.flatMap(Wallet::locked).orElse(null),
                purses.stream().map(PurseRow::of).toList());
    }
}
