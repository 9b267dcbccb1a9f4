package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code fee-center.bill-lines} that is held back, as it stands now.
 *
 * @param partition where it arrived
 * @param offset where it arrived
 * @param accountId whose line it is; null if it says nothing that can be an account
 * @param reason why it is held back, as last judged
 * @param detail the value and the rule it broke
 * @param heldAt since when, by the database's clock
 * @param writtenOff whether a person has written it off, so that it stops its account no longer
 * @param line the line that it says; null if it is none
 */
public record HeldBackLine(
        int partition,
        long offset,
        @Nullable String accountId,
        HoldReason reason,
        String detail,
        Instant heldAt,
        boolean writtenOff,
        @Nullable BillLine line) {}
