package io.weir.feecenter.settlement;

import java.util.EnumSet;
import java.util.Set;

/** What a purse holds, in the order in which purses pay (fee-center-rules.md §5). */
public enum PurseKind {
    /** A voucher without a condition. */
    VOUCHER,
    /** A voucher that pays once the month's spend has reached its threshold. */
    THRESHOLD_VOUCHER,
    /** A prepaid card. */
    CARD,
    /** Money that was topped up. */
    CASH,
    /** What the account owes: its balance is never positive, and it has no end. */
    DEBT,
    /** What a cloud account owes (negative) or has as a credit (positive): it has no end. */
    CLOUD;

    private static final Set<PurseKind> VOUCHERS = EnumSet.of(VOUCHER, THRESHOLD_VOUCHER);
    private static final Set<PurseKind> ENDLESS = EnumSet.of(DEBT, CLOUD);

    /** Whether this pays what is neither SMS nor a synthetic test, and nothing else. */
    boolean isVoucher() {
        return VOUCHERS.contains(this);
    }

    /** Whether this pays any amount. */
    boolean isEndless() {
        return ENDLESS.contains(this);
    }
}
