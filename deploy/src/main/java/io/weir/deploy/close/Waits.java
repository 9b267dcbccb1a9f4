package io.weir.deploy.close;

import java.util.List;

/**
 * How long some records have waited.
 *
 * @param records how many
 * @param medianMillis half of them waited no longer
 * @param mostMillis none waited longer
 */
record Waits(int records, long medianMillis, long mostMillis) {

    static Waits of(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        int count = sorted.size();
        return count == 0 ? new Waits(0, 0, 0) : new Waits(count, sorted.get(count / 2), sorted.get(count - 1));
    }

    String inWords() {
        return "%,d records, half of them at once (%,d ms), the slowest after %,d ms"
                .formatted(records, medianMillis, mostMillis);
    }
}
