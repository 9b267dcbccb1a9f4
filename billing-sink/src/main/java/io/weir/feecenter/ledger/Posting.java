package io.weir.feecenter.ledger;

import java.math.BigDecimal;
import java.util.List;

/**
 * One side of a double entry.
 *
 * @param book what the account owes, or what was earned by it
 * @param amount in the line's currency: positive is a debit, negative a credit; never zero
 */
record Posting(Book book, BigDecimal amount) {

    /** The two books of the ledger. */
    enum Book {
        RECEIVABLE,
        REVENUE
    }

    /** The entries for a line of this amount: they sum to zero, and a line of 0.00 has none. */
    static List<Posting> of(BigDecimal amount) {
        return amount.signum() == 0
                ? List.of()
                : List.of(new Posting(Book.RECEIVABLE, amount), new Posting(Book.REVENUE, amount.negate()));
    }
}
