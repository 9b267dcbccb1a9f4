package io.weir.metering;

import io.weir.billing.HoldReason;
import io.weir.metering.rating.Billed;
import io.weir.metering.rating.LineKey;
import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What was billed and is held for each day that is kept (rules.md §7), written in the transaction that issues the lines. */
public final class BilledDays {

    private static final int VERSION = 1;
    private static final int NO_RETENTION = -1;
    private static final String NO_HOLD = "";

    private final KeyValueStore<Bytes, byte[]> store;

    /** Billed days in this store: workspace, day, line key → net quantity, net amount, last revision, hold. */
    BilledDays(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** What was billed and is held for a workspace's day. */
    SortedMap<LineKey, Billed> of(String workspaceId, LocalDate day) {
        SortedMap<LineKey, Billed> billed = new TreeMap<>();
        StateKey prefix = StateKey.of(workspaceId).then(day.toEpochDay());
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(prefix.first(), prefix.last())) {
            entries.forEachRemaining(entry -> read(entry, billed));
        }
        return billed;
    }

    /** Whether a part of the day is held. */
    boolean isHeld(String workspaceId, LocalDate day) {
        return of(workspaceId, day).values().stream().anyMatch(billed -> billed.hold() != null);
    }

    /** Stores what has changed from {@code before} to {@code now}. */
    void replace(String workspaceId, LocalDate day, Map<LineKey, Billed> before, Map<LineKey, Billed> now) {
        before.keySet().stream()
                .filter(key -> !now.containsKey(key))
                .forEach(key -> store.delete(storeKey(workspaceId, day, key)));
        now.forEach((key, billed) -> {
            if (!billed.equals(before.get(key))) {
                store.put(storeKey(workspaceId, day, key), stored(key, billed));
            }
        });
    }

    /** Lets go of a day. */
    void forget(String workspaceId, LocalDate day) {
        replace(workspaceId, day, of(workspaceId, day), Map.of());
    }

    /** Under which key the store has what was billed of a line key. */
    public static Bytes storeKey(String workspaceId, LocalDate day, LineKey key) {
        return StateKey.of(workspaceId)
                .then(day.toEpochDay())
                .then(key.accountId())
                .then(key.resource())
                .then(key.item())
                .then(retention(key))
                .first();
    }

    private static int retention(LineKey key) {
        Integer days = key.retentionDays();
        return days == null ? NO_RETENTION : days;
    }

    /** What was billed and is held of a line key, as the store has it. */
    public static byte[] stored(LineKey key, Billed billed) {
        Billed.Hold hold = billed.hold();
        StateWriter out = new StateWriter(VERSION)
                .text(key.accountId())
                .text(key.resource())
                .text(key.item())
                .number(retention(key))
                .text(billed.quantity().toString())
                .text(billed.amount().toString())
                .number(billed.lastRevision());
        if (hold == null) {
            return out.text(NO_HOLD).bytes();
        }
        return out.text(hold.reason().name()).text(hold.quantity().toString()).bytes();
    }

    private static void read(KeyValue<Bytes, byte[]> entry, Map<LineKey, Billed> billed) {
        StateReader in = new StateReader(entry.value, VERSION);
        LineKey key = new LineKey(in.text(), in.text(), in.text(), retention(in.number()));
        BigDecimal quantity = new BigDecimal(in.text());
        BigDecimal amount = new BigDecimal(in.text());
        int lastRevision = (int) in.number();
        String reason = in.text();
        Billed.Hold hold =
                reason.equals(NO_HOLD) ? null : new Billed.Hold(HoldReason.valueOf(reason), new BigDecimal(in.text()));
        billed.put(key, new Billed(quantity, amount, lastRevision, hold));
    }

    private static @Nullable Integer retention(long stored) {
        return stored == NO_RETENTION ? null : (Integer) (int) stored;
    }
}
