package io.weir.feecenter.settlement;

/** Why money moved in a wallet. */
public enum MovementKind {
    /** Money came in. */
    TOP_UP,
    /** A prepaid card was bought with money that came in. */
    CARD_PURCHASE,
    /** A prepaid card was bought from the cash of the wallet. */
    CARD_FROM_CASH,
    /** A voucher was granted. */
    VOUCHER_GRANT,
    /** A voucher was activated by a code. */
    VOUCHER_CODE,
    /** A bill line was settled. */
    SETTLEMENT
}
