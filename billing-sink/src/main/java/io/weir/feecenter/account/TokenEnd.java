package io.weir.feecenter.account;

import java.time.Duration;

/** How long the old write token still works beside a new one. */
public enum TokenEnd {
    AT_ONCE(Duration.ZERO),
    AFTER_10_MINUTES(Duration.ofMinutes(10)),
    AFTER_6_HOURS(Duration.ofHours(6)),
    AFTER_12_HOURS(Duration.ofHours(12)),
    AFTER_24_HOURS(Duration.ofHours(24));

    private final Duration after;

    TokenEnd(Duration after) {
        this.after = after;
    }

    /** From the making of the new token to the end of the old one. */
    public Duration after() {
        return after;
    }
}
