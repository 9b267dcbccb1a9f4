package io.weir.deploy.held;

import io.weir.billing.HeldLine;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A charge that the metering stream holds for want of a price or an account.
 *
 * @param line what the topic {@code held-lines} says last about it; its reason is set
 * @param since time of the record with which the hold began, by the stream's clock
 */
record HeldCharge(HeldLine line, Instant since) {

    /** What identifies the charge: only the last record with the same key counts. */
    static List<Object> key(HeldLine line) {
        return Arrays.asList(
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays());
    }

    /** The same hold, of which something else is said now. */
    HeldCharge said(HeldLine now) {
        return new HeldCharge(now, since);
    }
}
