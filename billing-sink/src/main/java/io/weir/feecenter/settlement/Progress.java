package io.weir.feecenter.settlement;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How far metering is, as the database remembers it from {@code metering-progress}, and in which zone each workspace lives. */
final class Progress {

    private Progress() {}

    /** All lines of days that ended by then are issued; nothing as long as a partition has not been heard of. */
    static Optional<Instant> passed(Handle handle) {
        return handle.createQuery("""
                        SELECT min(issued_before) FROM metering_progress HAVING count(*) >= max(partitions)
                        """).mapTo(OffsetDateTime.class).findOne().map(OffsetDateTime::toInstant);
    }

    /**
     * Remembers what one partition reported; nothing of it moves back.
     *
     * @param clock the partition's, by ingest time
     */
    static void report(Handle handle, int partition, int partitions, Instant issuedBefore, Instant clock) {
        handle.createUpdate("""
                        INSERT INTO metering_progress AS known (topic_partition, partitions, issued_before, clock)
                        VALUES (:partition, :partitions, :before, :clock)
                        ON CONFLICT (topic_partition) DO UPDATE SET partitions = :partitions,
                            issued_before = greatest(known.issued_before, :before), clock = greatest(known.clock, :clock)
                        WHERE known.issued_before < :before OR coalesce(known.clock, '-infinity') < :clock
                        """)
                .bind("partition", partition)
                .bind("partitions", partitions)
                .bind("before", issuedBefore.atOffset(ZoneOffset.UTC))
                .bind("clock", clock.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** How far the clock of the partition is that is ahead of all others; nothing as long as none has reported. */
    static Optional<Instant> clock(Handle handle) {
        return handle.createQuery("SELECT max(clock) FROM metering_progress")
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(OffsetDateTime::toInstant);
    }

    /** Remembers where a workspace lives; the first zone stays. */
    static void livesIn(Handle handle, String workspaceId, ZoneId zone) {
        handle.createUpdate("""
                        INSERT INTO workspace_zone (workspace_id, zone) VALUES (:workspace, :zone)
                        ON CONFLICT (workspace_id) DO NOTHING
                        """)
                .bind("workspace", workspaceId)
                .bind("zone", zone.getId())
                .execute();
    }
}
