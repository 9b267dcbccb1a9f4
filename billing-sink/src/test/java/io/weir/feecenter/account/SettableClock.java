package io.weir.feecenter.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-03-10T09:20:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time go by. */
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
