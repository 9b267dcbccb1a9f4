package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.Verdict.HoldBack;
import io.weir.feecenter.ledger.Verdict.Post;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** One attempt to book one batch inside one transaction; thrown away with it. */
final class BatchBooking {

    private final Tally tally = new Tally();
    private final Handle handle;
    private final Batch batch;
    private final Standing standing;

    private BatchBooking(Handle handle, Batch batch) {
        this.handle = handle;
        this.batch = batch;
        this.standing = Standing.of(handle, batch.lines());
    }

    /** Books all lines with one statement per table. */
    static Tally together(Handle handle, Batch batch) {
        SinkPositions.advance(handle, batch);
        BatchBooking booking = new BatchBooking(handle, batch);
        Bookings rows = new Bookings(handle);
        for (ReceivedLine received : batch.lines()) {
            Verdict verdict = booking.standing.judge(received);
            add(rows, received, verdict);
            booking.note(received, verdict);
        }
        rows.write();
        return booking.finish();
    }

    /** Books each line on its own, so that a line which the database refuses is put aside and the others are posted. */
    static Tally oneByOne(Handle handle, Batch batch) {
        SinkPositions.advance(handle, batch);
        BatchBooking booking = new BatchBooking(handle, batch);
        batch.lines().forEach(booking::bookAlone);
        return booking.finish();
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
        Bookings rows = new Bookings(handle);
        add(rows, received, verdict);
        rows.write();
        // What would be checked at the commit is checked here, where it still can be told which line it is.
        handle.execute("SET CONSTRAINTS ALL IMMEDIATE");
        handle.execute("SET CONSTRAINTS ALL DEFERRED");
    }

    private static void add(Bookings rows, ReceivedLine received, Verdict verdict) {
        BillLine line = received.line();
        if (verdict instanceof HoldBack holdBack) {
            rows.holdBack(received, holdBack);
        } else if (verdict instanceof Post && line != null) {
            rows.post(received, line);
        }
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

    private Tally finish() {
        if (tally.repeats() > 0) {
            SinkPositions.countRepeats(handle, batch.from().partition(), tally.repeats());
        }
        return tally;
    }
}
