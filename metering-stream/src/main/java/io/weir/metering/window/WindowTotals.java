package io.weir.metering.window;

import io.weir.metering.intake.AcceptedUsage;
import io.weir.metering.intake.Meter;
import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What one resource of a workspace used in one window, by meter: exact in 128 bits, with the number of events, a digest of
 * their identities and their first and last ingest (rules.md §5). The figures of a meter lie side by side in one array.
 */
public final class WindowTotals {

    private static final int VERSION = 1;
    private static final int TOTAL_HIGH = 0;
    private static final int TOTAL_LOW = 1;
    private static final int EVENTS = 2;
    private static final int DIGEST_HIGH = 3;
    private static final int DIGEST_LOW = 4;
    private static final int FIRST_INGEST = 5;
    private static final int LAST_INGEST = 6;
    private static final int FIGURES = 7;
    private static final long NEVER = Long.MAX_VALUE;

    private final String resource;
    private final Window window;
    private long events;
    private long publishAtMillis = NEVER;
    private String[] meters = new String[2];
    private boolean[] peaks = new boolean[2];
    private long[] figures = new long[2 * FIGURES];
    private int size;
    private boolean changed;
    private boolean planned;

    WindowTotals(String resource, Window window) {
        this.resource = resource;
        this.window = window;
    }

    /** Counts an event. */
    void add(AcceptedUsage usage) {
        events++;
        for (int reading = 0; reading < usage.readings(); reading++) {
            Meter meter = usage.meter(reading);
            add(cellOf(meter.meter(), meter.peak()), meter.peak(), usage.quantity(reading), usage);
        }
    }

    private void add(int cell, boolean peak, long quantity, AcceptedUsage usage) {
        if (peak) {
            figures[cell + TOTAL_LOW] = Math.max(figures[cell + TOTAL_LOW], quantity);
        } else {
            addWide(cell + TOTAL_HIGH, 0, quantity);
        }
        figures[cell + EVENTS]++;
        addWide(cell + DIGEST_HIGH, usage.identityHigh(), usage.identityLow());
        figures[cell + FIRST_INGEST] = Math.min(figures[cell + FIRST_INGEST], usage.ingestMillis());
        figures[cell + LAST_INGEST] = Math.max(figures[cell + LAST_INGEST], usage.ingestMillis());
    }

    /** Adds 128 bits to the two figures from {@code at} on, high then low. */
    private void addWide(int at, long high, long low) {
        long sum = figures[at + 1] + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        figures[at + 1] = sum;
        figures[at] += high + carry;
    }

    @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // names of meters are interned
    private int cellOf(String meter, boolean peak) {
        for (int index = 0; index < size; index++) {
            if (meters[index] == meter) {
                return index * FIGURES;
            }
        }
        if (size == meters.length) {
            meters = Arrays.copyOf(meters, 2 * size);
            peaks = Arrays.copyOf(peaks, 2 * size);
            figures = Arrays.copyOf(figures, 2 * size * FIGURES);
        }
        meters[size] = meter;
        peaks[size] = peak;
        figures[size * FIGURES + FIRST_INGEST] = Long.MAX_VALUE;
        figures[size * FIGURES + LAST_INGEST] = Long.MIN_VALUE;
        return FIGURES * size++;
    }

    /** The resource; empty for the workspace itself. */
    public String resource() {
        return resource;
    }

    /** The window. */
    public Window window() {
        return window;
    }

    /** Number of events counted. */
    public long events() {
        return events;
    }

    /** The totals by meter, sorted by meter. */
    public List<MeterSum> meters() {
        List<MeterSum> sums = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            int cell = index * FIGURES;
            sums.add(new MeterSum(
                    meters[index],
                    peaks[index],
                    total(cell),
                    figures[cell + EVENTS],
                    new Digest(figures[cell + DIGEST_HIGH], figures[cell + DIGEST_LOW]),
                    figures[cell + FIRST_INGEST],
                    figures[cell + LAST_INGEST]));
        }
        sums.sort(Comparator.comparing(MeterSum::meter));
        return sums;
    }

    private BigInteger total(int cell) {
        BigInteger low = new BigInteger(Long.toUnsignedString(figures[cell + TOTAL_LOW]));
        return BigInteger.valueOf(figures[cell + TOTAL_HIGH])
                .shiftLeft(Long.SIZE)
                .add(low);
    }

    /** When these totals are to be issued next on {@code metered-usage}, milliseconds UTC; {@code Long.MAX_VALUE} if they are. */
    public long publishAtMillis() {
        return publishAtMillis;
    }

    /** Whether they were issued since they last changed. */
    boolean isPublished() {
        return publishAtMillis == NEVER;
    }

    /** They are to be issued at this instant, milliseconds UTC. */
    void publishAt(long millis) {
        publishAtMillis = millis;
    }

    /** They were issued. */
    public void published() {
        publishAtMillis = NEVER;
    }

    /** Marks the totals for the next write-back; true if they were not marked yet. */
    boolean markChanged() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    /** Marks that what follows from a change is planned; true if it was not since the totals came to the heap. */
    boolean markPlanned() {
        boolean first = !planned;
        planned = true;
        return first;
    }

    byte[] stored() {
        changed = false;
        StateWriter out = new StateWriter(VERSION)
                .text(resource)
                .number(window.startMillis())
                .number(window.endMillis())
                .number(window.day().toEpochDay())
                .number(events)
                .number(publishAtMillis)
                .number(size);
        for (int index = 0; index < size; index++) {
            out.text(meters[index]).number(peaks[index] ? 1 : 0);
            writeFigures(out, index * FIGURES);
        }
        return out.bytes();
    }

    private void writeFigures(StateWriter out, int cell) {
        out.number(figures[cell + TOTAL_HIGH])
                .number(figures[cell + TOTAL_LOW])
                .number(figures[cell + EVENTS])
                .wide(figures[cell + DIGEST_HIGH])
                .wide(figures[cell + DIGEST_LOW])
                .number(figures[cell + FIRST_INGEST])
                .number(figures[cell + LAST_INGEST]);
    }

    static WindowTotals restored(byte[] stored) {
        StateReader in = new StateReader(stored, VERSION);
        WindowTotals totals =
                new WindowTotals(in.text(), new Window(in.number(), in.number(), LocalDate.ofEpochDay(in.number())));
        totals.events = in.number();
        totals.publishAtMillis = in.number();
        for (long left = in.number(); left > 0; left--) {
            totals.readFigures(in, totals.cellOf(in.text().intern(), in.number() == 1));
        }
        return totals;
    }

    private void readFigures(StateReader in, int cell) {
        figures[cell + TOTAL_HIGH] = in.number();
        figures[cell + TOTAL_LOW] = in.number();
        figures[cell + EVENTS] = in.number();
        figures[cell + DIGEST_HIGH] = in.wide();
        figures[cell + DIGEST_LOW] = in.wide();
        figures[cell + FIRST_INGEST] = in.number();
        figures[cell + LAST_INGEST] = in.number();
    }
}
