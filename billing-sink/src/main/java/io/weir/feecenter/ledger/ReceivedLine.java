package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic as it arrived.
 *
 * @param partition where it arrived
 * @param offset where it arrived
 * @param bytes the record's value; null if it had none
 * @param line the line it says; null if it is none
 * @param problem why it is no line; empty if it is one
 */
record ReceivedLine(
        int partition,
        long offset,
        @Nullable ByteBuffer bytes,
        @Nullable BillLine line,
        String problem) {}
