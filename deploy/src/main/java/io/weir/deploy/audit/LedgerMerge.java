package io.weir.deploy.audit;

import io.weir.billing.BillLine;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the lines of one partition of the topic, and beside them over what the ledger has of that partition, both in the order
 * of their offsets: each line that the sink has read is a row, held back, or a repeat of a row (rules.md §8).
 */
final class LedgerMerge {

    /**
     * How far the sink has read a partition.
     *
     * @param nextOffset offset of the first record that it has not read
     * @param linesRead number of records that it says it has read
     * @param duplicateLines number of repeats that it says it has met
     */
    record Position(int partition, long nextOffset, long linesRead, long duplicateLines) {}

    private final Position position;
    private final Iterator<LedgerLine> rows;
    private final Iterator<Long> heldBackOffsets;
    private final Predicate<BillLine> isRepeat;
    private final Check check;
    private @Nullable LedgerLine row;
    private @Nullable Long heldBack;
    private long read;
    private long repeats;
    private long unread;

    /**
     * @param rows what the ledger has of this partition, by offset
     * @param heldBackOffsets offsets of the records that were put aside, ascending
     * @param isRepeat whether the ledger has a line with this content, of whatever offset
     */
    LedgerMerge(
            Position position,
            Iterator<LedgerLine> rows,
            Iterator<Long> heldBackOffsets,
            Predicate<BillLine> isRepeat,
            Check check) {
        this.position = position;
        this.rows = rows;
        this.heldBackOffsets = heldBackOffsets;
        this.isRepeat = isRepeat;
        this.check = check;
        nextRow();
        nextHeldBack();
    }

    /** The next record of the topic; null for one that is no line. */
    void add(long offset, @Nullable BillLine line) {
        if (offset >= position.nextOffset()) {
            unread++;
            return;
        }
        read++;
        sayNoneBefore(offset);
        boolean posted = row != null && row.offset() == offset;
        boolean putAside = heldBack != null && heldBack == offset;
        if (posted && putAside) {
            check.violation("%s is posted and held back at once", at(offset));
        } else if (posted) {
            compare(offset, line);
        } else if (!putAside) {
            requireRepeat(offset, line);
        }
        if (posted) {
            nextRow();
        }
        if (putAside) {
            nextHeldBack();
        }
    }

    private void compare(long offset, @Nullable BillLine line) {
        LedgerLine posted = Objects.requireNonNull(row);
        if (line == null) {
            check.violation("%s is no line, but posted as line %s", at(offset), posted.lineId());
            return;
        }
        String difference = LedgerLine.of(offset, line).differenceTo(posted);
        if (!difference.isEmpty()) {
            check.violation("line %s differs in the ledger: %s", line.getLineId(), difference);
        }
    }

    private void requireRepeat(long offset, @Nullable BillLine line) {
        if (line != null && isRepeat.test(line)) {
            repeats++;
        } else {
            check.violation(
                    "%s, line %s, is neither in the ledger nor held back",
                    at(offset), line == null ? "unreadable" : line.getLineId());
        }
    }

    /** Everything that the ledger has from before this offset was on the topic. */
    private void sayNoneBefore(long offset) {
        while (row != null && row.offset() < offset) {
            check.violation("line %s is in the ledger, but not on the topic: %s", row.lineId(), at(row.offset()));
            nextRow();
        }
        while (heldBack != null && heldBack < offset) {
            check.violation("%s is held back, but not on the topic", at(heldBack));
            nextHeldBack();
        }
    }

    private void nextRow() {
        row = rows.hasNext() ? rows.next() : null;
    }

    private void nextHeldBack() {
        heldBack = heldBackOffsets.hasNext() ? heldBackOffsets.next() : null;
    }

    private String at(long offset) {
        return "fee-center.bill-lines partition %d offset %,d".formatted(position.partition(), offset);
    }

    /** The topic has no more records. */
    void end() {
        sayNoneBefore(Long.MAX_VALUE);
        String where = "fee-center.bill-lines partition " + position.partition();
        check.requireEqual(
                where + ", lines", read, "before the sink's position", position.linesRead(), "read by the sink");
        check.requireEqual(where + ", repeats", repeats, "found", position.duplicateLines(), "counted by the sink");
    }

    /** Number of records before the sink's position. */
    long read() {
        return read;
    }

    /** Number of records that the sink has not read yet. */
    long unread() {
        return unread;
    }
}
