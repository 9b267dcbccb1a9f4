package io.weir.deploy.audit;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.deploy.installation.Cluster;
import io.weir.deploy.installation.CommittedLog;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.Topics;
import io.weir.wire.UnreadableRecord;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What never changes of the control topic: the aggregation of each meter and the local hours of each workspace. The first record counts. */
final class ControlFacts {

    private final Map<String, Boolean> peaks = new HashMap<>();
    private final Map<String, LocalHours> hoursOfSite = new HashMap<>();
    private final Map<String, LocalHours> hoursOfWorkspace = new HashMap<>();

    /** Reads the whole control topic; a record that nobody can read changes nothing. */
    static ControlFacts read(Cluster cluster, CommittedLog log) {
        ControlFacts facts = new ControlFacts();
        AvroDeserializer<ControlRecord> values = cluster.values(ControlRecord.class);
        log.read(Topics.CONTROL, record -> {
            try {
                if (record.value() != null) {
                    facts.learn((SpecificRecord) values.read(record.value()).getChange());
                }
            } catch (UnreadableRecord unreadable) {
                // The metering stream refuses and alarms it; it has no part in any total.
            }
        });
        return facts;
    }

    void learn(SpecificRecord change) {
        if (change instanceof CatalogueChange catalogue) {
            catalogue
                    .getMeters()
                    .forEach(meter -> peaks.putIfAbsent(meter.getMeter(), meter.getAggregation() == Aggregation.MAX));
        } else if (change instanceof SiteChange site) {
            hoursOfSite.putIfAbsent(
                    site.getSite(), new LocalHours(ZoneId.of(site.getZone()).getRules()));
        } else if (change instanceof WorkspaceChange workspace && hoursOfSite.containsKey(workspace.getSite())) {
            hoursOfWorkspace.putIfAbsent(workspace.getWorkspaceId(), hoursOfSite.get(workspace.getSite()));
        }
    }

    /** The windows of a workspace; null if it is not known. */
    @Nullable
    LocalHours hoursOf(String workspaceId) {
        return hoursOfWorkspace.get(workspaceId);
    }

    /** Whether the largest reading of a meter counts (MAX) and not the sum (SUM); null if the meter is not known. */
    @Nullable
    Boolean isPeak(String meter) {
        return peaks.get(meter);
    }
}
