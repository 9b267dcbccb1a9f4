package io.weir.feecenter.settlement;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.weir.feecenter.ledger.DatabaseTrouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Settles each bill line once. A day is settled when all partitions of the metering stream have passed its end; lines that come
 * later, such as corrections, as they come. A day of an account is one transaction that holds the account's wallet, so any number
 * of fee centers may settle at once, and one that is killed leaves nothing half done.
 */
public final class Settling {

    private static final RetryPolicy<Object> AGAIN = RetryPolicy.builder()
            .handleIf(DatabaseTrouble::isLostRace)
            .withBackoff(Duration.ofMillis(10), Duration.ofMillis(500))
            .withJitter(0.5)
            .withMaxRetries(8)
            .build();

    private final FailsafeExecutor<Object> lostRaces = Failsafe.with(AGAIN);
    private final Jdbi jdbi;
    private final InstantSource clock;

    /**
     * Over the ledger's database.
     *
     * @param clock says when a movement was made, for people to read, and when arrears begin
     */
    public Settling(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The days that can be settled now: complete, and with open lines. The oldest comes first. */
    public List<AccountDay> openDays() {
        return jdbi.inTransaction(handle -> {
            Optional<Instant> passed = Progress.passed(handle);
            return passed.isEmpty() ? List.of() : new OpenLines(handle).days(passed.get());
        });
    }

    /**
     * Settles what is open of a day, all or nothing; nothing of a workspace whose day is not complete.
     *
     * @return how many lines were settled now
     * @throws JdbiException if the database is away; only the database knows then whether the day was settled, so ask it again
     */
    public int settle(AccountDay day) {
        return lostRaces.get(() -> jdbi.inTransaction(handle -> settle(handle, day)));
    }

    private int settle(Handle handle, AccountDay day) {
        OpenLines open = new OpenLines(handle);
        Optional<Instant> passed = Progress.passed(handle);
        Optional<String> currency = open.currency(day.accountId());
        if (passed.isEmpty() || currency.isEmpty()) {
            return 0;
        }
        OpenWallet wallet = OpenWallet.lock(handle, day.accountId(), currency.get(), clock.instant());
        List<OpenLine> lines = open.of(day, passed.get());
        new DaySettlement(handle, wallet, clock.instant(), open.settledInMonthOf(day)).settle(lines);
        HighConsumption.check(handle, day, currency.get(), lines, clock.instant());
        wallet.noteArrears();
        return lines.size();
    }
}
