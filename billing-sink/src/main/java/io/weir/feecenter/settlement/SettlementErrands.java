package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settles in the background: asks after payments whose word was lost, looks how far metering is, settles every day that is
 * complete, locks whose grace is over, and issues the statements that are due.
 */
public final class SettlementErrands implements AutoCloseable {

    private final Background days = new Background("settlement-errands");
    private final Background months = new Background("statement-errands");
    private final ProgressReader progress;
    private final Settling settling;
    private final Arrears arrears;
    private final WorkspaceLocks locks;
    private final Statements statements;
    private final Optional<Payments> payments;

    /**
     * Prepares the errands.
     *
     * @param progress closed with this
     * @param payments where a payment provider takes money
     */
    public SettlementErrands(
            ProgressReader progress,
            Settling settling,
            Arrears arrears,
            WorkspaceLocks locks,
            Statements statements,
            Optional<Payments> payments) {
        this.progress = progress;
        this.settling = settling;
        this.arrears = arrears;
        this.locks = locks;
        this.statements = statements;
        this.payments = payments;
    }

    /**
     * Starts.
     *
     * @param pause between two looks at what is open; longer where a look takes long, because it passes over all
     *     lines
     */
    public void start(Duration pause) {
        days.repeat(() -> settle(pause));
        months.repeat(() -> months.attemptSparingly("Statements are not issued", pause, statements::issueDue));
    }

    private Duration settle(Duration pause) {
        payments.ifPresent(asked -> days.attempt("Payments are not asked after", asked::confirmWaiting));
        days.attempt("How far metering is remains unknown", progress::readOn);
        List<AccountDay> open = new ArrayList<>();
        Duration rest = days.attemptSparingly("Days stay open", pause, () -> open.addAll(settling.openDays()));
        open.forEach(this::settle);
        days.attempt("Arrears are not looked at", arrears::lockOverdue);
        days.attempt("Locks of workspaces are not told", locks::tell);
        return rest;
    }

    private void settle(AccountDay day) {
        if (!days.isEnding()) {
            days.attempt("%s of %s stays open".formatted(day.day(), day.accountId()), () -> settling.settle(day));
        }
    }

    /** How many attempts to read, to settle a day, to lock or to issue have failed since the start. */
    public long failures() {
        return days.failures() + months.failures();
    }

    /** Lets a day that is under way be settled. */
    @Override
    public void close() {
        days.end(progress::close);
        months.end(() -> {});
    }
}
