package io.weir.metering.intake;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * Objects found by a name that lies somewhere in a record's bytes, without making a string of it.
 *
 * <p>Open addressing over a seeded hash: the seed, drawn at random, keeps a producer from choosing names that collide. It
 * decides only where an entry lies, nothing that reaches a line.
 *
 * @param <E> what is found
 */
public final class ByteTable<E extends ByteTable.Entry> {

    private static final int SMALLEST = 8;

    private final int seed = ThreadLocalRandom.current().nextInt();
    private @Nullable Entry[] slots = new @Nullable Entry[SMALLEST];
    private int size;

    /** The entry with this name, or null. */
    @SuppressWarnings("unchecked") // only add() writes slots
    public @Nullable E find(byte[] bytes, int from, int length) {
        int hash = hash(bytes, from, length);
        int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            Entry entry = slots[slot];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Arrays.equals(entry.name, 0, entry.name.length, bytes, from, from + length)) {
                return (E) entry;
            }
        }
    }

    /** Adds an entry whose name is not in the table yet. */
    public void add(E entry) {
        if (2 * ++size > slots.length) {
            grow();
        }
        ((Entry) entry).hash = hash(entry.name, 0, entry.name.length);
        place(entry);
    }

    /** Visits every entry, in no particular order. */
    @SuppressWarnings("unchecked") // only add() writes slots
    public void forEach(Consumer<? super E> visitor) {
        for (Entry entry : slots) {
            if (entry != null) {
                visitor.accept((E) entry);
            }
        }
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    /** Forgets all entries. */
    public void clear() {
        slots = new @Nullable Entry[SMALLEST];
        size = 0;
    }

    private void grow() {
        @Nullable Entry[] old = slots;
        slots = new @Nullable Entry[2 * old.length];
        for (Entry entry : old) {
            if (entry != null) {
                place(entry);
            }
        }
    }

    private void place(Entry entry) {
        int mask = slots.length - 1;
        int slot = entry.hash & mask;
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
    }

    private int hash(byte[] bytes, int from, int length) {
        return MurmurHash3.hash32x86(bytes, from, length, seed);
    }

    /** Something with a name in bytes. */
    public abstract static class Entry {

        final byte[] name;
        private int hash;

        /** An entry of this name, which nobody changes any more. */
        protected Entry(byte[] name) {
            this.name = name;
        }
    }
}
