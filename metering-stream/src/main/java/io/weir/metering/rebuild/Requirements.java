package io.weir.metering.rebuild;

import io.weir.usage.MeteringProgress;
import io.weir.wire.Topic;
import io.weir.wire.Topics;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What must stand on the topics: without it a rebuilt stream would bill twice, or take back what was rightly billed. */
final class Requirements {

    private Requirements() {}

    /** Lines, held lines and the control log must be there from their first record on. */
    static void requireWhole(OldStream old) {
        for (Topic topic : List.of(Topics.CONTROL, Topics.BILL_LINES, Topics.HELD_LINES)) {
            old.starts(topic).forEach((partition, start) -> {
                if (start.offset() != 0) {
                    throw new RebuildRefused(
                            "%s begins at offset %d: records are missing that say what was billed and why; restore the topic first"
                                    .formatted(partition, start.offset()));
                }
            });
        }
    }

    /** The number of partitions is fixed for life (rules.md §3). */
    static void requireSamePartitions(int partitions, Collection<MeteringProgress> progress) {
        progress.stream()
                .filter(said -> said.getPartitions() != partitions)
                .findAny()
                .ifPresent(other -> {
                    throw new RebuildRefused(
                            "%s has %d partitions, the stream was at work with %d; the number is fixed for life (rules.md §3)"
                                    .formatted(Topics.USAGE_EVENTS.name(), partitions, other.getPartitions()));
                });
    }

    /** The usage of every kept day must be there. */
    static void requireUsage(KeptDays days) {
        days.partitions().forEach(partition -> requireUsage(partition, days));
    }

    private static void requireUsage(Partition partition, KeptDays days) {
        if (partition.processedTo() > partition.endOffset()) {
            throw missing(partition, "it ends before offset " + partition.processedTo() + ", which was processed");
        }
        if (!partition.hasReported()) {
            if (!partition.isWhole()) {
                throw missing(
                        partition,
                        "it begins at offset " + partition.firstOffset()
                                + ", and metering-progress does not say how far it was metered");
            }
            return;
        }
        if (partition.lastIngestMillis() < partition.reportedMillis()) {
            throw missing(
                    partition,
                    "metering-progress says that its clock was at " + instant(partition.reportedMillis())
                            + ", but no record has this time");
        }
        if (!partition.isWhole() && partition.firstIngestMillis() > days.latestBeginning(partition)) {
            throw missing(
                    partition,
                    "it begins at " + instant(partition.firstIngestMillis()) + ", the days that are kept need it from "
                            + instant(days.latestBeginning(partition)) + " on");
        }
    }

    private static RebuildRefused missing(Partition partition, String why) {
        return new RebuildRefused("usage is missing on %s-%d: %s; restore the topic first"
                .formatted(Topics.USAGE_EVENTS.name(), partition.partition(), why));
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
