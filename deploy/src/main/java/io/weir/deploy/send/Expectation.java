package io.weir.deploy.send;

import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.installation.Arrival;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.publish.UsageShape;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import io.weir.wire.UnreadableRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the metering stream would say of an event that arrives now (rules.md §3, checks 3 and 6 to 10), by the control topic as it
 * is. The stream decides: its clock may be elsewhere by then, and it alone knows what it has seen before.
 */
final class Expectation {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofDays(35);

    private final Function<UsageEvent, Instant> arrival;
    private final Set<String> sites = new HashSet<>();
    private final Set<String> workspaces = new HashSet<>();
    private final Map<String, Long> limits = new HashMap<>();

    /**
     * Knows no workspace and no meter yet.
     *
     * @param arrival the ingest time that an event would get
     */
    Expectation(Function<UsageEvent, Instant> arrival) {
        this.arrival = arrival;
    }

    /** Reads the whole control topic; a record that nobody can read changes nothing. */
    static Expectation read(Cluster cluster, Arrival arrival, Instant now) {
        Expectation expectation = new Expectation(event -> arrival.at(event.getWorkspaceId(), now));
        AvroDeserializer<ControlRecord> values = cluster.values(ControlRecord.class);
        try (CommittedLog log = cluster.log()) {
            log.read(Topics.CONTROL, record -> {
                try {
                    if (record.value() != null) {
                        expectation.learn(
                                (SpecificRecord) values.read(record.value()).getChange());
                    }
                } catch (UnreadableRecord unreadable) {
                    // The metering stream refuses and alarms it, and does not know what it says either.
                }
            });
        }
        return expectation;
    }

    /** Takes in a change, in the order of the control topic. */
    void learn(SpecificRecord change) {
        if (change instanceof CatalogueChange catalogue) {
            catalogue.getMeters().forEach(meter -> limits.put(meter.getMeter(), meter.getLimitPerEvent()));
        } else if (change instanceof SiteChange site) {
            sites.add(site.getSite());
        } else if (change instanceof WorkspaceChange workspace && sites.contains(workspace.getSite())) {
            workspaces.add(workspace.getWorkspaceId());
        }
    }

    /** One sentence for each reason to reject the event; empty if there is none. */
    List<String> mistakes(UsageEvent event) {
        List<String> mistakes = new ArrayList<>(UsageShape.mistakes(event));
        if (!workspaces.contains(event.getWorkspaceId())) {
            mistakes.add("workspace '%s' is not known".formatted(event.getWorkspaceId()));
        }
        event.getReadings().forEach(reading -> check(reading, mistakes));
        checkTime(event, mistakes);
        return mistakes;
    }

    private void check(Reading reading, List<String> mistakes) {
        Long limit = limits.get(reading.getMeter());
        if (limit == null) {
            mistakes.add("meter '%s' is not known".formatted(reading.getMeter()));
        } else if (reading.getQuantity() > limit) {
            mistakes.add("%d %s is above the limit per event, %d"
                    .formatted(reading.getQuantity(), reading.getMeter(), limit));
        }
    }

    private void checkTime(UsageEvent event, List<String> mistakes) {
        Instant ingest = arrival.apply(event);
        if (event.getOccurredAt().isAfter(ingest.plus(SKEW))) {
            mistakes.add("occurred_at %s is more than 5 minutes after its arrival, %s"
                    .formatted(event.getOccurredAt(), ingest));
        } else if (event.getOccurredAt().isBefore(ingest.minus(MAX_AGE))) {
            mistakes.add("occurred_at %s is more than 35 days before its arrival, %s"
                    .formatted(event.getOccurredAt(), ingest));
        }
    }
}
