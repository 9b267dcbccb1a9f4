package io.weir.metering.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.metering.control.ControlTable;
import io.weir.metering.intake.Checks;
import io.weir.metering.window.HourWindows;
import io.weir.metering.window.Planner;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * Which days a rebuilt stream goes on with: those that the old one still kept for corrections (rules.md §2).
 *
 * @param partitions all partitions of {@code usage-events}, in order
 * @param table knows the calendars of all workspaces
 * @param grace how long after its end a day stays open
 */
record KeptDays(List<Partition> partitions, ControlTable table, Duration grace) {

    private static final Duration LONGEST_DAY = Duration.ofHours(25);

    /** The partition on which a workspace's usage is. */
    Partition home(String workspaceId) {
        byte[] key = workspaceId.getBytes(UTF_8);
        return partitions.get(Utils.toPositive(Utils.murmur2(key)) % partitions.size());
    }

    /** Whether the day was not forgotten by the time up to which all was issued. */
    boolean isKept(WorkspaceDay day) {
        Partition home = home(day.workspaceId());
        return !home.hasReported() || hours(day).endOf(day.day()) > home.reportedMillis() - kept().toMillis();
    }

    /** Whether all usage that can belong to the day is still on the topic. */
    boolean isWhole(WorkspaceDay day) {
        Partition home = home(day.workspaceId());
        long start = hours(day).ofDay(day.day()).get(0).startMillis();
        return home.isWhole() || home.firstIngestMillis() <= start - Checks.SKEW.toMillis();
    }

    /** The latest ingest time at which the usage of a partition may begin, so that every kept day is whole; milliseconds UTC. */
    long latestBeginning(Partition partition) {
        return partition.reportedMillis()
                - kept().plus(LONGEST_DAY).plus(Checks.SKEW).toMillis();
    }

    private Duration kept() {
        return Planner.KEPT.plus(grace);
    }

    private HourWindows hours(WorkspaceDay day) {
        return table.siteOfWorkspace(day.workspaceId())
                .orElseThrow(() -> new RebuildRefused(
                        "the control log knows no workspace %s, which has been billed: it is not the log of these lines"
                                .formatted(day.workspaceId())))
                .hours();
    }
}
