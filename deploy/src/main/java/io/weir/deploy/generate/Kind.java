package io.weir.deploy.generate;

import io.weir.usage.Reading;
import java.util.List;
import java.util.Random;

/** What one event reports together: of each meter a quantity up to a limit, of one of several resources. */
enum Kind {
    LOGS(
            List.of("", "", "nginx", Kind.AUDIT_LOG),
            new Measure("log_records", 30_000),
            new Measure("pipeline_bytes", 4_000_000)),
    TRACES(List.of(""), new Measure("spans", 80_000), new Measure("traces", 6_000), new Measure("profiles", 40)),
    VISITS(
            List.of(""),
            new Measure("page_views", 900),
            new Measure("rum_resources", 40_000),
            new Measure("rum_actions", 9_000),
            new Measure("rum_errors", 300),
            new Measure("rum_long_tasks", 700)),
    LEVELS(
            List.of(""),
            new Measure("series", 12_000),
            new Measure("network_hosts", 25),
            new Measure("replay_sessions", 900)),
    CHECKS(List.of(""), new Measure("trigger_calls", 1_500), new Measure("synthetic_runs", 120)),
    TRANSFERS(
            List.of("rule_archive", "rule_siem"),
            new Measure("forwarded_bytes", 90_000_000),
            new Measure("scanned_bytes", 60_000_000));

    /** The log index with a retention of its own. */
    static final String AUDIT_LOG = "audit";

    private static final List<Kind> ALL = List.of(values());

    private final List<String> resources;
    private final List<Measure> measures;

    Kind(List<String> resources, Measure... measures) {
        this.resources = resources;
        this.measures = List.of(measures);
    }

    /** A meter and the most that one event reports of it, in base units. */
    private record Measure(String meter, int most) {}

    static Kind any(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    String resource(Random random) {
        return resources.get(random.nextInt(resources.size()));
    }

    List<Reading> readings(Random random) {
        return measures.stream()
                .map(measure -> new Reading(measure.meter(), random.nextInt(measure.most() + 1)))
                .toList();
    }
}
