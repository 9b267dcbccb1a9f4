package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Money that moved in a wallet.
 *
 * @param movementId grows with time within a wallet
 * @param reference what it was moved for: a payment, a request, a voucher code, or the id of a bill line
 * @param inflows what came into each kind of purse, negative for what went out, in {@code currency}; in the paying order
 */
public record MovementRow(
        long movementId,
        MovementKind kind,
        String reference,
        Instant movedAt,
        String currency,
        Map<PurseKind, BigDecimal> inflows) {

    /** A copy of the inflows that keeps their order. */
    public MovementRow {
        inflows = Collections.unmodifiableMap(new TreeMap<>(inflows));
    }

    /** With what came into other kinds of purses by the same movement. */
    MovementRow with(MovementRow more) {
        Map<PurseKind, BigDecimal> both = new TreeMap<>(inflows);
        both.putAll(more.inflows);
        return new MovementRow(movementId, kind, reference, movedAt, currency, both);
    }

    /** What came into the wallet in all, negative for what went out; zero where money changed purses only. */
    public BigDecimal sum() {
        return inflows.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
