package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.Verdict.HoldBack;
import io.weir.feecenter.ledger.Verdict.Post;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to judge lines in their order and to write what follows, inside one transaction; thrown away with it. The lines
 * have just arrived, or a person has released them.
 */
final class BatchBooking {

    private final Tally tally = new Tally();
    private final Handle handle;
    private final List<ReceivedLine> lines;
    private final @Nullable Long release;
    private final Standing standing;

    /**
     * Reads how the accounts of these lines stand.
     *
     * @param release the decision by which the lines are judged again; null for lines that have just arrived
     */
    BatchBooking(Handle handle, List<ReceivedLine> lines, @Nullable Long release) {
        this.handle = handle;
        this.lines = lines;
        this.release = release;
        this.standing = Standing.of(handle, lines);
    }

    /** Books all lines with one statement per table. */
    Tally together() {
        Bookings rows = new Bookings(handle, release);
        for (ReceivedLine received : lines) {
            Verdict verdict = standing.judge(received);
            rows.add(received, verdict);
            note(received, verdict);
        }
        rows.write();
        return tally;
    }

    /** Books each line on its own, so that a line which the database refuses is put aside and the others are posted. */
    Tally oneByOne() {
        lines.forEach(this::bookAlone);
        return tally;
    }

    private void bookAlone(ReceivedLine received) {
        Verdict verdict = standing.judge(received);
        handle.savepoint("line");
        try {
            write(received, verdict);
            note(received, verdict);
            handle.releaseSavepoint("line");
        } catch (JdbiException e) {
            if (!(verdict instanceof Post) || !DatabaseTrouble.isRefusal(e)) {
                throw e;
            }
            handle.rollbackToSavepoint("line");
            Verdict refused = new HoldBack(HoldReason.REFUSED_BY_DATABASE, DatabaseTrouble.describe(e));
            write(received, refused);
            note(received, refused);
        }
    }

    private void write(ReceivedLine received, Verdict verdict) {
        Bookings rows = new Bookings(handle, release);
        rows.add(received, verdict);
        rows.write();
        // What would be checked at the commit is checked here, where it still can be told which line it is.
        handle.execute("SET CONSTRAINTS ALL IMMEDIATE");
        handle.execute("SET CONSTRAINTS ALL DEFERRED");
    }

    private void note(ReceivedLine received, Verdict verdict) {
        BillLine line = received.line();
        if (line != null && verdict instanceof HoldBack holdBack) {
            standing.heldBack(line, holdBack.reason());
        } else if (line != null && verdict instanceof Post) {
            standing.posted(line);
        }
        tally.count(verdict);
    }
}
