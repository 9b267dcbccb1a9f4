package io.weir.metering.rebuild;

import io.weir.metering.intake.CatchUp;
import io.weir.metering.rating.Billed;
import io.weir.metering.rating.LineKey;
import java.util.List;

/**
 * What the topics say of a stream whose state is lost, and with which the new one starts.
 */
public final class Findings {

    private final KeptDays days;
    private final BilledParts billed;
    private final long heldParts;
    private final long lostParts;
    private final List<CatchUp> pasts;
    private final long refused;

    Findings(KeptDays days, BilledParts billed, long heldParts, long lostParts, List<CatchUp> pasts, long refused) {
        this.days = days;
        this.billed = billed;
        this.heldParts = heldParts;
        this.lostParts = lostParts;
        this.pasts = pasts;
        this.refused = refused;
    }

    /** Takes what was billed and is held of one line key, and on which partition the workspace is. */
    interface BilledConsumer {
        void accept(int partition, WorkspaceDay day, LineKey key, Billed billed);
    }

    /** Hands over all that was billed and is held of the days that are kept. */
    void eachBilled(BilledConsumer consumer) {
        billed.forEach(
                (day, key, part) -> consumer.accept(days.home(day.workspaceId()).partition(), day, key, part));
    }

    /** What each partition must know of its past, in order. */
    List<CatchUp> pasts() {
        return pasts;
    }

    /** Number of partitions of {@code usage-events}. */
    public int partitions() {
        return pasts.size();
    }

    /** How many records the new stream reads again, at most. */
    public long recordsToRead() {
        return days.partitions().stream()
                .mapToLong(each -> each.endOffset() - each.firstOffset())
                .sum();
    }

    /** How many line keys of days that are kept were billed or are held. */
    public long lineKeys() {
        return billed.size();
    }

    /** How many parts of days wait for a price or an account, and go on waiting. */
    public long heldParts() {
        return heldParts;
    }

    /** How many wait whose usage is not on the topic any more: they stay on {@code held-lines} and cannot be rebuilt. */
    public long lostParts() {
        return lostParts;
    }

    /** How many of the records were refused, and stay so. */
    public long refused() {
        return refused;
    }
}
