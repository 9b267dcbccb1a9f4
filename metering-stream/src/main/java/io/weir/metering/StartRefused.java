package io.weir.metering;

import io.weir.wire.Topics;

/** That the application must not start on the state it finds: the message says why and names the way back. */
final class StartRefused extends RuntimeException {

    private static final String REBUILD = "the way back is deploy/weir rebuild";

    StartRefused(String message) {
        super(message);
    }

    /** What was billed can no longer be told from the state: only a rebuild from the topics can go on (rules.md §7). */
    static StartRefused untilRebuilt(String message) {
        return new StartRefused(message + ": " + REBUILD);
    }

    /** The number of partitions is fixed for life (rules.md §3). */
    static StartRefused otherPartitions(int found, int built) {
        return untilRebuilt(
                "%s has %d partitions, the state was built with %d; the number is fixed for life (rules.md §3), and partitions cannot be taken away"
                        .formatted(Topics.USAGE_EVENTS.name(), found, built));
    }
}
