package io.weir.metering.window;

import io.weir.metering.state.StateKey;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is due when, by workspace and day (rules.md §2). Every change is stored at once, in the transaction of the record
 * that caused it, so a crash between two steps loses neither.
 */
public final class Agenda {

    private static final int VERSION = 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final NavigableMap<String, Plan> plans = new TreeMap<>();
    private final TreeSet<Plan> byNextDue =
            new TreeSet<>(Comparator.comparingLong(Plan::nextDueMillis).thenComparing(Plan::workspaceId));

    private final Map<Kind, DueInstants> instants = new EnumMap<>(Kind.class);

    /** What is done with a day; what is due together is done in this order. */
    public enum Kind {
        /** Issue the totals of windows that have ended or changed. */
        PUBLISH,
        /** Close the day and issue its lines. */
        CLOSE,
        /** Issue what has changed since the close. */
        CORRECT,
        /** Let go of the day's windows and of what was billed for it. */
        FORGET,
        /** Never due: marks a day of which a part is held. */
        HELD
    }

    /**
     * Something to do.
     *
     * @param kind what
     * @param day for which billing day
     */
    public record Entry(Kind kind, LocalDate day) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : day.compareTo(other.day);
        }
    }

    /** The agenda kept in this store: workspace, kind, day → instant due. Reads all of it. */
    public Agenda(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(this::load);
        }
    }

    private void load(KeyValue<Bytes, byte[]> stored) {
        StateReader in = new StateReader(stored.value, VERSION);
        Plan plan = of(in.text());
        Entry entry = new Entry(Kind.valueOf(in.text()), LocalDate.ofEpochDay(in.number()));
        long dueMillis = in.number();
        plan.change(entry, dueMillis);
    }

    /** The plan of a workspace, empty if nothing is known of it. */
    public Plan of(String workspaceId) {
        return plans.computeIfAbsent(workspaceId, Plan::new);
    }

    /** A workspace for which something is due at this clock, the longest due first; null if there is none. */
    public @Nullable Plan firstDue(long clockMillis) {
        return !byNextDue.isEmpty() && byNextDue.first().nextDueMillis <= clockMillis ? byNextDue.first() : null;
    }

    /** Days of workspaces of which a part is held. */
    public long heldDays() {
        return instants(Kind.HELD).count();
    }

    /** When this is due, over all workspaces and days. */
    public DueInstants instants(Kind kind) {
        return instants.computeIfAbsent(kind, any -> new DueInstants());
    }

    /** The workspaces of which something is known, in order, from the first behind this name on. */
    public Collection<String> workspacesAfter(String workspaceId) {
        return plans.tailMap(workspaceId, false).keySet();
    }

    /** What is due for one workspace. */
    public final class Plan {

        private final String workspaceId;
        private final TreeMap<Entry, Long> entries = new TreeMap<>();
        private long nextDueMillis = Long.MAX_VALUE;

        private Plan(String workspaceId) {
            this.workspaceId = workspaceId;
        }

        /** The workspace. */
        public String workspaceId() {
            return workspaceId;
        }

        /** The earliest instant at which something is due, milliseconds UTC. */
        public long nextDueMillis() {
            return nextDueMillis;
        }

        /** Whether this is on the agenda. */
        public boolean has(Kind kind, LocalDate day) {
            return entries.containsKey(new Entry(kind, day));
        }

        /** The days for which this is on the agenda, in order. */
        public List<LocalDate> days(Kind kind) {
            return entries.keySet().stream()
                    .filter(entry -> entry.kind == kind)
                    .map(Entry::day)
                    .toList();
        }

        /** What is due at this clock, in the order in which it is to be done. */
        public List<Entry> due(long clockMillis) {
            List<Entry> due = new ArrayList<>();
            entries.forEach((entry, dueMillis) -> {
                if (dueMillis <= clockMillis) {
                    due.add(entry);
                }
            });
            return due;
        }

        /** Puts this on the agenda; if it is there already, the earlier instant counts. */
        public void atLatest(Kind kind, LocalDate day, long dueMillis) {
            Long planned = entries.get(new Entry(kind, day));
            if (planned == null || dueMillis < planned) {
                at(kind, day, dueMillis);
            }
        }

        /** Puts this on the agenda, in the place of an earlier plan for it. */
        public void at(Kind kind, LocalDate day, long dueMillis) {
            change(new Entry(kind, day), dueMillis);
            store.put(key(kind, day), stored(kind, day, dueMillis));
        }

        /** Takes this off the agenda. */
        public void done(Kind kind, LocalDate day) {
            if (has(kind, day)) {
                change(new Entry(kind, day), null);
                store.delete(key(kind, day));
            }
        }

        private void change(Entry entry, @Nullable Long dueMillis) {
            byNextDue.remove(this);
            Long before = dueMillis == null ? entries.remove(entry) : entries.put(entry, dueMillis);
            instants(entry.kind()).move(before, dueMillis);
            nextDueMillis =
                    entries.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
            if (nextDueMillis < Long.MAX_VALUE) {
                byNextDue.add(this);
            }
        }

        private Bytes key(Kind kind, LocalDate day) {
            return StateKey.of(workspaceId)
                    .then(kind.name())
                    .then(day.toEpochDay())
                    .first();
        }

        private byte[] stored(Kind kind, LocalDate day, long dueMillis) {
            return new StateWriter(VERSION)
                    .text(workspaceId)
                    .text(kind.name())
                    .number(day.toEpochDay())
                    .number(dueMillis)
                    .bytes();
        }
    }
}
