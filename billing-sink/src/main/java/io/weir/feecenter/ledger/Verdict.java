package io.weir.feecenter.ledger;

/** What is to become of a received line: exactly one of three. */
sealed interface Verdict {

    /** It is new and right: it goes into the ledger. */
    record Post() implements Verdict {}

    /** It stands in the ledger already, word for word: nothing happens but counting. */
    record Repeat() implements Verdict {}

    /**
     * It is put aside with its bytes.
     *
     * @param reason why
     * @param detail the value and the rule it broke, for whoever will look
     */
    record HoldBack(HoldReason reason, String detail) implements Verdict {}
}
