package io.weir.metering.rating;

import io.weir.billing.HoldReason;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the topic for one line key, and what is held of it.
 *
 * @param quantity net quantity billed, base units of the item
 * @param amount net amount billed
 * @param lastRevision revision of the last line; −1 if there is none
 * @param hold what waits; null if nothing does
 */
public record Billed(
        BigDecimal quantity,
        BigDecimal amount,
        int lastRevision,
        @Nullable Hold hold) {

    /** Nothing billed, nothing held. */
    public static final Billed NOTHING = new Billed(BigDecimal.ZERO, BigDecimal.ZERO, -1, null);

    /**
     * A charge that waits.
     *
     * @param reason for what
     * @param quantity what the day comes to, base units of the item
     */
    public record Hold(HoldReason reason, BigDecimal quantity) {

        boolean same(@Nullable Hold other) {
            return other != null && reason == other.reason && quantity.compareTo(other.quantity) == 0;
        }
    }

    Billed withHold(@Nullable Hold now) {
        return new Billed(quantity, amount, lastRevision, now);
    }
}
