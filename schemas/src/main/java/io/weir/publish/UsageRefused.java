package io.weir.publish;

/**
 * The publisher has not taken the usage of one call, of which none or all is taken. Checked, so that no host passes over it: what
 * is refused is metered only if the host does something about it.
 */
public final class UsageRefused extends Exception {

    /** Why. */
    public enum Reason {
        /** Weir would reject it (rules.md §3); published again, it is refused again. */
        INVALID,
        /** The spool is at its limit, because the broker takes nothing or too little. Publish it again later. */
        SPOOL_FULL,
        /**
         * The disk did not confirm in time: the usage may be sent all the same. Published again, it might count twice; not
         * published again, it might not count.
         */
        UNCONFIRMED,
        /** The spool cannot be written any more. As with {@link #UNCONFIRMED} for calls under way; later ones are not taken. */
        SPOOL_BROKEN,
        /** The publisher is closed. */
        CLOSED
    }

    private final Reason reason;

    UsageRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it was refused; the message says it in words. */
    public Reason reason() {
        return reason;
    }
}
