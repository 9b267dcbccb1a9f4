package io.weir.feecenter.ledger;

/**
 * What became of the lines of a released account.
 *
 * @param posted lines that are in the ledger now
 * @param repeated lines that stood in the ledger already, word for word
 * @param heldBack lines that are held back again; the first of them stopped the account again
 */
public record Release(int posted, int repeated, int heldBack) {

    static Release of(Tally tally) {
        int heldBack =
                tally.heldBack().values().stream().mapToInt(Integer::intValue).sum();
        return new Release(tally.posted(), tally.repeats(), heldBack);
    }
}
