package io.weir.feecenter.settlement;

import io.weir.feecenter.ledger.Background;
import java.time.Duration;

/**
 * Settles in the background: looks how far metering is, settles every day that is complete, locks whose grace is over, and issues the
 * statements that are due.
 */
public final class SettlementErrands implements AutoCloseable {

    private final Background background = new Background("settlement-errands");
    private final ProgressReader progress;
    private final Settling settling;
    private final Arrears arrears;
    private final Statements statements;

    /**
     * Prepares the errands.
     *
     * @param progress closed with this
     */
    public SettlementErrands(ProgressReader progress, Settling settling, Arrears arrears, Statements statements) {
        this.progress = progress;
        this.settling = settling;
        this.arrears = arrears;
        this.statements = statements;
    }

    /**
     * Starts.
     *
     * @param pause between two looks at what is open
     */
    public void start(Duration pause) {
        background.repeat(pause, this::run);
    }

    private void run() {
        background.attempt("How far metering is remains unknown", progress::readOn);
        background.attempt("Days stay open", () -> settling.openDays().forEach(this::settle));
        background.attempt("Arrears are not looked at", arrears::lockOverdue);
        background.attempt("Statements are not issued", statements::issueDue);
    }

    private void settle(AccountDay day) {
        if (!background.isEnding()) {
            background.attempt("%s of %s stays open".formatted(day.day(), day.accountId()), () -> settling.settle(day));
        }
    }

    /** How many attempts to read, to settle a day, to lock or to issue have failed since the start. */
    public long failures() {
        return background.failures();
    }

    /** Lets a day that is under way be settled. */
    @Override
    public void close() {
        background.end(progress::close);
    }
}
