package io.weir.deploy.generate;

import io.weir.usage.Reading;
import java.util.List;
import java.util.Random;

/**
 * What one event reports together.
 *
 * @param resources the resources of which one is chosen; a name that stands twice is chosen twice as often
 * @param measures the meters, all of which are reported
 */
record Kind(List<String> resources, List<Measure> measures) {

    /** The log index with a retention of its own. */
    static final String AUDIT_LOG = "audit";

    private static final List<String> WHOLE_WORKSPACE = List.of("");

    private static final Kind LOGS = new Kind(
            List.of("", "", "nginx", AUDIT_LOG),
            List.of(new Measure("log_records", 30_000), new Measure("pipeline_bytes", 4_000_000)));
    private static final Kind TRACES = new Kind(
            WHOLE_WORKSPACE,
            List.of(new Measure("spans", 80_000), new Measure("traces", 6_000), new Measure("profiles", 40)));
    private static final Kind VISITS = new Kind(
            WHOLE_WORKSPACE,
            List.of(
                    new Measure("page_views", 900),
                    new Measure("rum_resources", 40_000),
                    new Measure("rum_actions", 9_000),
                    new Measure("rum_errors", 300),
                    new Measure("rum_long_tasks", 700)));
    private static final Kind LEVELS = new Kind(
            WHOLE_WORKSPACE,
            List.of(
                    new Measure("series", 12_000),
                    new Measure("network_hosts", 25),
                    new Measure("replay_sessions", 900)));
    private static final Kind CHECKS =
            new Kind(WHOLE_WORKSPACE, List.of(new Measure("trigger_calls", 1_500), new Measure("synthetic_runs", 120)));
    private static final Kind TRANSFERS = new Kind(
            List.of("rule_archive", "rule_siem"),
            List.of(new Measure("forwarded_bytes", 90_000_000), new Measure("scanned_bytes", 60_000_000)));
    private static final List<Kind> ALL = List.of(LOGS, TRACES, VISITS, LEVELS, CHECKS, TRANSFERS);

    /** A meter and the most that one event reports of it, in base units. */
    record Measure(String meter, int most) {

        private Reading reading(Random random) {
            return new Reading(meter, (long) random.nextInt(most + 1));
        }
    }

    static Kind any(Random random) {
        return oneOf(ALL, random);
    }

    String resource(Random random) {
        return oneOf(resources, random);
    }

    List<Reading> readings(Random random) {
        return measures.stream().map(measure -> measure.reading(random)).toList();
    }

    private static <T> T oneOf(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
