package io.weir.feecenter.account;

/** What a person asked for is refused; nothing was changed. */
public final class AccountRefused extends RuntimeException {

    private final Refusal refusal;

    /**
     * A refusal.
     *
     * @param message what cannot be had and why, for the log
     */
    public AccountRefused(Refusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
