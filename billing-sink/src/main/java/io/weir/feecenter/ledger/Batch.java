package io.weir.feecenter.ledger;

import java.util.List;

/**
 * What one poll brought of one partition.
 *
 * @param from the position before
 * @param nextOffset the position after, which may lie behind the last line: transaction markers take offsets too
 * @param lines the received lines in the order of their offsets; none if only markers were passed
 */
record Batch(SinkPosition from, long nextOffset, List<ReceivedLine> lines) {

    Batch {
        lines = List.copyOf(lines);
    }
}
