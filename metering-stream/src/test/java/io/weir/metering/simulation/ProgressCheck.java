package io.weir.metering.simulation;

import static java.util.stream.Collectors.toMap;

import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.metering.recomputation.Scenario.Site;
import io.weir.metering.recomputation.Scenario.Workspace;
import io.weir.usage.MeteringProgress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether a partition keeps its word: no day is closed of which it had said that all lines are issued (rules.md §7). */
final class ProgressCheck {

    private ProgressCheck() {}

    static List<Difference> of(Run run) {
        Map<String, ZoneId> zones =
                run.scenario().sites().stream().collect(toMap(Site::site, Site::zone, (first, contradiction) -> first));
        Map<String, ZoneId> zoneOf = run.scenario().workspaces().stream()
                .collect(toMap(
                        Workspace::workspaceId,
                        workspace -> Objects.requireNonNull(zones.get(workspace.site())),
                        (first, contradiction) -> first));
        Map<Integer, Instant> issued = new HashMap<>();
        List<Difference> broken = new ArrayList<>();
        for (Output output : run.broker().outputs) {
            if (output.value() instanceof MeteringProgress progress) {
                issued.merge(
                        output.partition(),
                        progress.getIssuedBefore(),
                        (one, other) -> one.isAfter(other) ? one : other);
            } else if (output.value() instanceof BillLine line && line.getKind() == LineKind.CLOSE) {
                ZoneId zone = Objects.requireNonNull(zoneOf.get(line.getWorkspaceId()));
                Instant end = endOf(line.getDay(), zone);
                if (end.isBefore(issued.getOrDefault(output.partition(), Instant.MIN))) {
                    broken.add(new Difference(Difference.Kind.PROGRESS, "closed after it was said to be: " + line));
                }
            }
        }
        return broken;
    }

    /** Clocks that are set back over midnight bring the end of the day twice: the second one counts. */
    private static Instant endOf(LocalDate day, ZoneId zone) {
        return day.plusDays(1)
                .atStartOfDay()
                .atZone(zone)
                .withLaterOffsetAtOverlap()
                .toInstant();
    }
}
