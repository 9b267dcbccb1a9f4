package io.weir.feecenter.ledger;

/** The ledger has the lines of another topic, so that the lines of two installations would be mixed in it. */
public final class LedgerOfOtherTopic extends RuntimeException {

    LedgerOfOtherTopic(String posted, String asked) {
        super(("the ledger has lines of the topic %s, and %s was to be posted to it: a ledger has one topic; set"
                        + " weir.topics.prefix to that of this ledger, or weir.database.schema to one of its own;"
                        + " nothing was posted")
                .formatted(posted, asked));
    }
}
