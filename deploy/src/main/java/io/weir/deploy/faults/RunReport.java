package io.weir.deploy.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What came of one run.
 *
 * @param schedule what was to happen
 * @param records usage records of the scenario
 * @param lines lines on the topic
 * @param recoveries how the faults went by
 * @param differences from what must be, in words; empty if all is well
 * @param took from the start of the stack to the last comparison
 */
record RunReport(
        Schedule schedule,
        long records,
        long lines,
        List<Recovery> recoveries,
        List<String> differences,
        Duration took) {

    /** A run that did not come to its end, and why. */
    static RunReport failed(Schedule schedule, String why) {
        return new RunReport(schedule, 0, 0, List.of(), List.of(why), Duration.ZERO);
    }

    /** The longest time in which the pipeline recovered from a fault; zero without faults. */
    Duration worstRecovery() {
        return recoveries.stream()
                .map(Recovery::time)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
