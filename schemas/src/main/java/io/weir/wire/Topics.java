package io.weir.wire;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.record.TimestampType.CREATE_TIME;
import static org.apache.kafka.common.record.TimestampType.LOG_APPEND_TIME;

import io.weir.billing.BillLine;
import io.weir.billing.ControlRecord;
import io.weir.billing.HeldLine;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageEvent;
import io.weir.usage.UsageGaps;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The topic catalogue, in data order: the one place from which topics are created. */
public final class Topics {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final @Nullable Integer AS_USAGE = null;
    private static final @Nullable Duration FOR_EVER = null;

    /** What producers measured. Kept as long as a rebuild needs it: 35 days, a day and its grace, and some rest. */
    public static final Topic USAGE_EVENTS = new Topic(
            "usage-events",
            "workspace_id",
            UsageEvent.getClassSchema(),
            AS_USAGE,
            CLEANUP_POLICY_DELETE,
            Duration.ofDays(40),
            LOG_APPEND_TIME,
            4 * MEBIBYTE);

    /** Bindings, accounts, prices: one partition, so one order; the history is the table, so never compacted. */
    public static final Topic CONTROL = new Topic(
            "fee-center.control",
            "id of what changes",
            ControlRecord.getClassSchema(),
            1,
            CLEANUP_POLICY_DELETE,
            FOR_EVER,
            CREATE_TIME,
            4 * MEBIBYTE);

    /** What was refused, and why. */
    public static final Topic REJECTED_USAGE = new Topic(
            "rejected-usage",
            "the refused record's key, if it could be a workspace_id",
            RejectedUsage.getClassSchema(),
            AS_USAGE,
            CLEANUP_POLICY_DELETE,
            FOR_EVER,
            CREATE_TIME,
            4 * MEBIBYTE);

    /** Which numbers of a source are missing: kept as long as the hourly totals that lack them. */
    public static final Topic USAGE_GAPS = new Topic(
            "usage-gaps",
            "workspace_id",
            UsageGaps.getClassSchema(),
            AS_USAGE,
            CLEANUP_POLICY_DELETE,
            Duration.ofDays(400),
            CREATE_TIME,
            MEBIBYTE);

    /** Hourly totals of every workspace, bound or not. */
    public static final Topic METERED_USAGE = new Topic(
            "metered-usage",
            "workspace_id",
            MeteredUsage.getClassSchema(),
            AS_USAGE,
            CLEANUP_POLICY_DELETE,
            Duration.ofDays(400),
            CREATE_TIME,
            MEBIBYTE);

    /** How far each partition is metered. */
    public static final Topic METERING_PROGRESS = new Topic(
            "metering-progress",
            "partition of usage-events",
            MeteringProgress.getClassSchema(),
            1,
            CLEANUP_POLICY_COMPACT,
            FOR_EVER,
            CREATE_TIME,
            MEBIBYTE);

    /** What has been billed: what stands here. */
    public static final Topic BILL_LINES = new Topic(
            "fee-center.bill-lines",
            "account_id",
            BillLine.getClassSchema(),
            AS_USAGE,
            CLEANUP_POLICY_DELETE,
            FOR_EVER,
            CREATE_TIME,
            MEBIBYTE);

    /** What waits for a price or an account. */
    public static final Topic HELD_LINES = new Topic(
            "held-lines",
            "account_id",
            HeldLine.getClassSchema(),
            AS_USAGE,
            CLEANUP_POLICY_DELETE,
            FOR_EVER,
            CREATE_TIME,
            MEBIBYTE);

    private static final List<Topic> ALL = List.of(
            USAGE_EVENTS,
            CONTROL,
            REJECTED_USAGE,
            USAGE_GAPS,
            METERED_USAGE,
            METERING_PROGRESS,
            BILL_LINES,
            HELD_LINES);

    private Topics() {}

    /** All topics, for production: the broker sets the time of usage. */
    public static List<Topic> all() {
        return ALL;
    }

    /** All topics, for the replay of an archive: the loader sets the time of usage, and nothing is deleted by time. */
    public static List<Topic> forReplay() {
        return ALL.stream().map(Topic::asArchive).toList();
    }
}
