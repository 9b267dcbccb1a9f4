package io.weir.feecenter.settlement;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The time by which the metering stream counts: the largest ingest time that any partition has reported. A fee center that lives by it
 * sees simulated and replayed days pass as they passed for the usage. Until something is reported it is the system's time.
 */
public final class MeteringClock implements InstantSource {

    private final AtomicReference<@Nullable Instant> reached = new AtomicReference<>();
    private final InstantSource system;

    /** Nothing is reported yet. */
    public MeteringClock(InstantSource system) {
        this.system = system;
    }

    /** Goes on from what was reported before the last stop, as the ledger's database remembers it. */
    public void goOn(Jdbi jdbi) {
        jdbi.withHandle(Progress::clock).ifPresent(this::report);
    }

    /** A partition has come to this time. The clock never goes back. */
    void report(Instant clock) {
        reached.updateAndGet(before -> before == null || before.isBefore(clock) ? clock : before);
    }

    @Override
    public Instant instant() {
        Instant now = reached.get();
        return now == null ? system.instant() : now;
    }
}
