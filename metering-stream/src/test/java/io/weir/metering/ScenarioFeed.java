package io.weir.metering;

import static java.util.Comparator.naturalOrder;

import io.weir.billing.CatalogueChange;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Feeds a scenario to the line in memory: control records, usage, then heartbeats until all is issued. */
public final class ScenarioFeed {

    private static final Duration KEPT = Duration.ofDays(34);
    private static final int RECORDS_TO_A_RESTART = 20;

    private ScenarioFeed() {}

    /** All control records come before the usage. Returns how many heartbeats were added. */
    static int feed(Scenario scenario, MeteringDriver line) {
        ControlRecords.of(scenario).forEach(line::record);
        return usage(scenario, line, next -> {});
    }

    /** As {@link #feed}, and the application is restarted now and then. */
    static int feedWithRestarts(Scenario scenario, MeteringDriver line, Random chance) {
        ControlRecords.of(scenario).forEach(line::record);
        return usage(scenario, line, next -> {
            if (chance.nextInt(RECORDS_TO_A_RESTART) == 0) {
                line.restart();
            }
        });
    }

    /**
     * Bindings, retentions, accounts and prices become known among the usage, while all its days are still kept: a day that is
     * kept no longer would not be corrected (rules.md §2).
     */
    static int feedWithLateTerms(Scenario scenario, MeteringDriver line, Random chance) {
        Deque<SpecificRecord> late = new ArrayDeque<>();
        ControlRecords.of(scenario).forEach(change -> {
            if (isNeededByChecks(change)) {
                line.record(change);
            } else {
                late.add(change);
            }
        });
        Instant latest = allDaysKeptUntil(scenario);
        return usage(scenario, line, next -> {
            while (!late.isEmpty() && (chance.nextBoolean() || !next.isBefore(latest))) {
                line.record(late.remove());
            }
        });
    }

    /** Until when all days with usage are kept, so that whatever becomes known before it is taken into account. */
    public static Instant allDaysKeptUntil(Scenario scenario) {
        return scenario.usage().stream()
                .map(ScenarioFeed::daysKeptUntil)
                .min(naturalOrder())
                .orElseThrow();
    }

    /** When the day of an event may be let go; of one that is that old already, when it arrives. */
    private static Instant daysKeptUntil(Recorded recorded) {
        Event event = recorded.value();
        if (event == null) {
            return Instant.MAX;
        }
        Instant kept = event.occurredAt().plus(KEPT);
        return kept.isAfter(recorded.ingest()) ? kept : recorded.ingest();
    }

    /** Whether usage is refused that arrives before this is known. */
    public static boolean isNeededByChecks(SpecificRecord change) {
        return change instanceof SiteChange || change instanceof WorkspaceChange || change instanceof CatalogueChange;
    }

    /** Before each record, and before the heartbeats of the end, something happens that may depend on its ingest time. */
    private static int usage(Scenario scenario, MeteringDriver line, Consumer<Instant> before) {
        Instant last = Instant.EPOCH;
        for (Recorded recorded : scenario.usage()) {
            before.accept(recorded.ingest());
            arrive(recorded, line);
            last = recorded.ingest();
        }
        before.accept(Instant.MAX);
        line.tick(last.plus(Duration.ofHours(1)));
        line.tick(last.plus(Duration.ofDays(3)));
        return 2;
    }

    /** A record of a scenario arrives. */
    static void arrive(Recorded recorded, MeteringDriver line) {
        Event value = recorded.value();
        String raw = recorded.raw();
        if (value != null) {
            line.arrive(recorded.ingest(), recorded.key(), Wire.usageEvent(value));
        } else {
            line.arrive(
                    recorded.ingest(),
                    recorded.key(),
                    raw == null ? null : Base64.getDecoder().decode(raw));
        }
    }
}
