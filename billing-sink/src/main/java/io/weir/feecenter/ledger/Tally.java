package io.weir.feecenter.ledger;

import java.util.EnumMap;
import java.util.Map;

/** What became of the lines of a batch, in numbers. */
final class Tally {

    private final Map<HoldReason, Integer> heldBack = new EnumMap<>(HoldReason.class);
    private int posted;
    private int repeats;

    void count(Verdict verdict) {
        if (verdict instanceof Verdict.HoldBack holdBack) {
            heldBack.merge(holdBack.reason(), 1, Integer::sum);
        } else if (verdict instanceof Verdict.Repeat) {
            repeats++;
        } else {
            posted++;
        }
    }

    int posted() {
        return posted;
    }

    int repeats() {
        return repeats;
    }

    Map<HoldReason, Integer> heldBack() {
        return heldBack;
    }
}
