package io.weir.feecenter.ledger;

/**
 * Who decided what only a person may, such as what becomes of held-back lines, and why. It is kept with what was decided.
 *
 * @param by the person, by a name under which others find them; not blank
 * @param reason why, for whoever asks later; not blank
 */
public record Decision(String by, String reason) {

    /** Neither of the two may be missing. */
    public Decision {
        if (by.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("by=[%s], reason=[%s]: both must be said".formatted(by, reason));
        }
    }
}
