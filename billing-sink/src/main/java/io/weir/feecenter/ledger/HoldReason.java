package io.weir.feecenter.ledger;

/** Why a record of the topic was not posted but put aside (rules.md §7, §8). */
public enum HoldReason {
    /** The bytes are not a bill line. */
    UNREADABLE(false),
    /** The same line id stands in the ledger with other content. */
    LEDGER_CONFLICT(true),
    /** The line id is not the hash of what the line is about. */
    WRONG_LINE_ID(true),
    /** An id, a day or a number is outside what a line may have. */
    BAD_FIELD(true),
    /** A quantity or amount is not an exact decimal, or negative in revision 0. */
    BAD_AMOUNT(true),
    /** The currency is not one that is billed in, or not the account's. */
    WRONG_CURRENCY(true),
    /** The line with the revision before is not in the ledger. */
    REVISION_GAP(true),
    /** A constraint of the database refused the line. */
    REFUSED_BY_DATABASE(true),
    /** Nothing is wrong with this line: the posting of its account had stopped before it came. */
    ACCOUNT_STOPPED(false);

    private final boolean stopsAccount;

    HoldReason(boolean stopsAccount) {
        this.stopsAccount = stopsAccount;
    }

    /** Whether posting for the line's account stops with this line. */
    boolean stopsAccount() {
        return stopsAccount;
    }
}
