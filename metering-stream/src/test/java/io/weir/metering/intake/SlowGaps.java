package io.weir.metering.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The rule of rules.md §4 about gaps, word for word: looks at every full hour at every number. */
final class SlowGaps {

    private SlowGaps() {}

    /** A number that was accepted. */
    record Arrival(Instant at, long number) {}

    /** What is to be said of one source at the full hours from one instant to another, in words. */
    static List<String> reports(List<Arrival> arrivals, Instant from, Instant end) {
        List<String> reports = new ArrayList<>();
        String before = ": , 0 runs, 0 numbers";
        for (Instant hour = from; !hour.isAfter(end); hour = hour.plus(Duration.ofHours(1))) {
            String now = said(missing(arrivals, hour));
            if (!now.equals(before)) {
                reports.add(hour + " source" + now);
            }
            before = now;
        }
        return reports;
    }

    /** What arrives at the very instant of a full hour comes after the hour. */
    private static List<Long> missing(List<Arrival> arrivals, Instant hour) {
        Set<Long> accepted = arrivals.stream()
                .filter(arrival -> arrival.at().isBefore(hour))
                .map(Arrival::number)
                .collect(Collectors.toSet());
        long highest = arrivals.stream()
                .filter(arrival -> arrival.at().isBefore(hour.minus(Duration.ofHours(1))))
                .mapToLong(Arrival::number)
                .max()
                .orElse(-1);
        return LongStream.range(0, highest + 1)
                .boxed()
                .filter(number -> !accepted.contains(number))
                .toList();
    }

    private static String said(List<Long> missing) {
        List<String> runs = new ArrayList<>();
        for (int index = 0; index < missing.size(); ) {
            int end = index;
            while (end + 1 < missing.size() && missing.get(end + 1) == missing.get(end) + 1) {
                end++;
            }
            runs.add(missing.get(index) + "-" + missing.get(end));
            index = end + 1;
        }
        return ": %s, %d runs, %d numbers".formatted(String.join(" ", runs), runs.size(), missing.size());
    }
}
