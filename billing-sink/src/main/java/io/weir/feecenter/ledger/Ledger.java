package io.weir.feecenter.ledger;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Posts lines as balanced entries, once: the lines of a batch, their postings and the position behind them are one
 * database transaction (rules.md §8).
 */
final class Ledger {

    private static final RetryPolicy<Object> AGAIN = RetryPolicy.builder()
            .handleIf(DatabaseTrouble::isLostRace)
            .withBackoff(Duration.ofMillis(10), Duration.ofMillis(500))
            .withJitter(0.5)
            .withMaxRetries(8)
            .withMaxDuration(Duration.ofMinutes(1))
            .build();

    private final FailsafeExecutor<Object> lostRaces = Failsafe.with(AGAIN);
    private final Jdbi jdbi;

    Ledger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Posts or holds back each line of the batch and moves the position behind it, all or nothing.
     *
     * @return what became of the lines
     * @throws PositionTaken if another reader has taken the partition up; nothing was written
     * @throws JdbiException if the database is away; only the database knows then whether the batch was committed
     */
    Tally post(Batch batch) {
        return lostRaces.get(() -> attempt(batch));
    }

    private Tally attempt(Batch batch) {
        try {
            return jdbi.inTransaction(handle -> book(handle, batch, BatchBooking::together));
        } catch (JdbiException e) {
            if (!DatabaseTrouble.isRefusal(e)) {
                throw e;
            }
            return jdbi.inTransaction(handle -> book(handle, batch, BatchBooking::oneByOne));
        }
    }

    private static Tally book(Handle handle, Batch batch, Function<BatchBooking, Tally> way) {
        SinkPositions.advance(handle, batch);
        Tally tally = way.apply(new BatchBooking(handle, batch.lines(), null));
        if (tally.repeats() > 0) {
            SinkPositions.countRepeats(handle, batch.from(), tally.repeats());
        }
        return tally;
    }
}
