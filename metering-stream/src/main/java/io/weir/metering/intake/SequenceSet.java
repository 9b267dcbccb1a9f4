package io.weir.metering.intake;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.usage.MissingRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which numbers of a source were accepted, as runs without gap: exact for every order of arrival, in memory that grows with
 * the gaps and not with the events (rules.md §4). Numbers are 0 to 2^63 − 1.
 */
final class SequenceSet {

    private long[] first = new long[2];
    private long[] last = new long[2];
    private int runs;

    /** Adds a number; false if it was there. */
    boolean add(long number) {
        if (runs > 0 && last[runs - 1] == number - 1) { // the next in order: nearly every event
            last[runs - 1] = number;
            return true;
        }
        return addOutOfOrder(number);
    }

    private boolean addOutOfOrder(long number) {
        int found = Arrays.binarySearch(first, 0, runs, number);
        int behind = found >= 0 ? found + 1 : -found - 1; // the first run that begins behind the number
        if (behind > 0 && number <= last[behind - 1]) {
            return false;
        }
        boolean joinsBefore = behind > 0 && last[behind - 1] == number - 1;
        boolean joinsBehind = behind < runs && first[behind] - 1 == number;
        if (joinsBefore && joinsBehind) {
            last[behind - 1] = last[behind];
            remove(behind);
        } else if (joinsBefore) {
            last[behind - 1] = number;
        } else if (joinsBehind) {
            first[behind] = number;
        } else {
            insert(behind, number);
        }
        return true;
    }

    private void insert(int at, long number) {
        if (runs == first.length) {
            first = Arrays.copyOf(first, 2 * runs);
            last = Arrays.copyOf(last, 2 * runs);
        }
        System.arraycopy(first, at, first, at + 1, runs - at);
        System.arraycopy(last, at, last, at + 1, runs - at);
        first[at] = number;
        last[at] = number;
        runs++;
    }

    private void remove(int at) {
        runs--;
        System.arraycopy(first, at + 1, first, at, runs - at);
        System.arraycopy(last, at + 1, last, at, runs - at);
    }

    /** Whether a number is in the set. */
    boolean contains(long number) {
        int found = Arrays.binarySearch(first, 0, runs, number);
        int run = found >= 0 ? found : -found - 2; // the last run that begins at or before the number
        return run >= 0 && number <= last[run];
    }

    /** Number of runs; gaps lie between them and before the first. */
    int runs() {
        return runs;
    }

    /** The highest number; −1 if there is none. */
    long highest() {
        return runs == 0 ? -1 : last[runs - 1];
    }

    /** Whether a number below the highest is missing. */
    boolean hasGaps() {
        return runs > 1 || (runs == 1 && first[0] > 0);
    }

    /** What is missing below a number that is in the set; nothing below −1. */
    MissingNumbers missingBelow(long bound) {
        List<MissingRun> missing = new ArrayList<>();
        long runCount = 0;
        long numbers = 0;
        long end = -1;
        long lastMissing = -1;
        for (int run = 0; run < runs && first[run] <= bound; run++) {
            if (first[run] > end + 1) {
                lastMissing = first[run] - 1;
                numbers += lastMissing - end;
                if (runCount++ < MissingNumbers.MOST_RUNS) {
                    missing.add(new MissingRun(end + 1, lastMissing));
                }
            }
            end = last[run];
        }
        return new MissingNumbers(missing, runCount, numbers, lastMissing);
    }

    void clear() {
        runs = 0;
    }

    /** Appends the runs from one index to another: each as its distance from the one before and its length. */
    void write(StateWriter out, int from, int until) {
        out.number(until - from);
        long end = 0;
        for (int run = from; run < until; run++) {
            out.number(first[run] - end).number(last[run] - first[run]);
            end = last[run];
        }
    }

    /** Takes in runs that were written, behind those that are there. */
    void read(StateReader in) {
        int more = (int) in.number();
        first = Arrays.copyOf(first, Math.max(first.length, runs + more));
        last = Arrays.copyOf(last, Math.max(last.length, runs + more));
        long end = 0;
        for (int left = more; left > 0; left--) {
            first[runs] = end + in.number();
            last[runs] = first[runs] + in.number();
            end = last[runs++];
        }
    }
}
