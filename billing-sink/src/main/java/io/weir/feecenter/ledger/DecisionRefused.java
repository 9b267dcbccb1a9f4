package io.weir.feecenter.ledger;

/** A decision about held-back lines that cannot be carried out; the message says why. Nothing was changed. */
public final class DecisionRefused extends RuntimeException {

    DecisionRefused(String message) {
        super(message);
    }
}
