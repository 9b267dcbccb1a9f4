package io.weir.metering.intake;

import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link io.weir.usage.UsageEvent} in Avro's binary form into a {@link UsageView}, without objects. Every length is
 * held against the bytes that are there before it is believed.
 */
final class UsageDecoder {

    private byte[] bytes = {};
    private int position;
    private @Nullable String problem;

    /**
     * Fills the view from the bytes after the wire format's header.
     *
     * @return what is wrong with the bytes, or null if the view is filled
     */
    @Nullable
    String decode(byte[] value, int from, UsageView view) {
        bytes = value;
        position = from;
        problem = null;
        view.bytes = value;
        view.workspaceLength = text();
        view.workspaceFrom = position - view.workspaceLength;
        view.sourceLength = text();
        view.sourceFrom = position - view.sourceLength;
        sequence(view);
        view.eventIdLength = text();
        view.eventIdFrom = position - view.eventIdLength;
        view.occurredAtMillis = number();
        view.resourceLength = text();
        view.resourceFrom = position - view.resourceLength;
        readings(view);
        if (problem == null && position < bytes.length) {
            problem = (bytes.length - position) + " bytes after the end of the event";
        }
        return problem;
    }

    private void sequence(UsageView view) {
        long branch = number();
        view.sequenced = branch == 1;
        view.sequence = view.sequenced ? number() : 0;
        if (branch != 0 && branch != 1) {
            fail("branch " + branch + " of the union [null, long]");
        }
    }

    private void readings(UsageView view) {
        view.readings = 0;
        for (long block = number(); block != 0 && problem == null; block = number()) {
            if (block < 0) {
                number(); // the block's size in bytes, which only skipping would need
            }
            for (long left = Math.abs(block); left != 0 && problem == null; left--) {
                reading(view);
            }
        }
    }

    private void reading(UsageView view) {
        int length = text();
        int from = position - length;
        long quantity = number();
        if (view.readings < UsageView.READINGS_KEPT) {
            view.meterFrom[view.readings] = from;
            view.meterLength[view.readings] = length;
            view.quantity[view.readings] = quantity;
            view.readings++;
        }
    }

    /** Moves past a text and returns its length in bytes. */
    private int text() {
        long length = number();
        if (length < 0 || length > bytes.length - position) {
            fail("a text of " + length + " bytes where " + (bytes.length - position) + " are left");
            return 0;
        }
        position += (int) length;
        return (int) length;
    }

    /** A zigzag variable-length number of at most 64 bits. */
    private long number() {
        long raw = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= bytes.length) {
                fail("the event ends in the middle of a field");
                return 0;
            }
            byte next = bytes[position++];
            raw |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        fail("a number longer than 10 bytes");
        return 0;
    }

    private void fail(String what) {
        if (problem == null) {
            problem = what;
        }
        position = bytes.length;
    }
}
