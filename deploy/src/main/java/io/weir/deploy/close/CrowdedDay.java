package io.weir.deploy.close;

import io.weir.deploy.generate.World;
import io.weir.deploy.generate.WorldFiles;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.ScenarioWriter;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One day of very many workspaces of one site: each reports once, and all days end at the same instant.
 *
 * @param workspaces how many, 1 or more
 */
record CrowdedDay(int workspaces) {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final int ACCOUNTS = 100;
    private static final Duration GRACE = Duration.ofHours(1);

    /** When most of the day is over: a clock at which nothing closes. */
    static final Instant EVENING = MIDNIGHT.plus(Duration.ofHours(23));

    /** The end of the day. */
    static final Instant END = MIDNIGHT.plus(Duration.ofDays(1));

    /** The clock at which the days of all workspaces close. */
    static final Instant CLOSE = END.plus(GRACE);

    /** The day as a scenario in this folder. */
    Scenario writeTo(Path folder) {
        try (ScenarioWriter scenario = ScenarioWriter.in(folder)) {
            WorldFiles.write(world(), scenario);
            IntStream.range(0, workspaces).mapToObj(CrowdedDay::usage).forEach(scenario::usage);
        }
        return Scenario.open(folder);
    }

    private World world() {
        return new World(
                List.of(new World.Site("utc1", "UTC", "INTL", "AWS")),
                IntStream.range(0, workspaces)
                        .mapToObj(number -> new World.Workspace(workspace(number), "utc1", List.of(), List.of()))
                        .toList(),
                IntStream.range(0, ACCOUNTS)
                        .mapToObj(number -> new World.Account("acct_" + number, "payer." + number, "USD"))
                        .toList(),
                IntStream.range(0, workspaces)
                        .mapToObj(number -> new World.Binding(
                                workspace(number), "acct_" + number % ACCOUNTS, MIDNIGHT.minus(Duration.ofDays(9)), 1))
                        .toList());
    }

    private static String workspace(int number) {
        return "wksp_" + number;
    }

    /** Some logs, traces and page views, a millisecond after the workspace before. */
    private static UsageRecord usage(int number) {
        Instant occurredAt = MIDNIGHT.plusMillis(number);
        UsageEvent event = new UsageEvent(
                workspace(number),
                "dk-1",
                0L,
                "0",
                occurredAt,
                "",
                List.of(
                        new Reading("log_records", 1_000L + number),
                        new Reading("spans", 5_000L + number),
                        new Reading("page_views", 300L + number)));
        return new UsageRecord.Event(occurredAt, workspace(number), event);
    }
}
