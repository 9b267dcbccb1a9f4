package io.weir.metering;

import io.weir.wire.Topics;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Whether the offsets up to which usage was metered and the state that remembers it belong together. One without the other
 * would count again what was billed, or bill from nothing.
 *
 * @param admin asks the broker
 * @param config whose state
 * @param partitions number of partitions of {@code usage-events}
 * @param stopping released when nobody waits any more
 */
record StateAtStart(Admin admin, MeteringConfig config, int partitions, CountDownLatch stopping) {

    private static final String USAGE = Topics.USAGE_EVENTS.name();

    /**
     * Looks at the state, then at the offsets, then again at what seemed to be missing: another instance may be at work.
     *
     * @param changelog the changelog of the store {@code partition}
     * @param missing the changelogs that are not there
     * @throws StartRefused if they do not belong together
     */
    void requireFit(String changelog, Set<String> missing) throws InterruptedException, ExecutionException {
        WrittenState before = missing.contains(changelog) ? WrittenState.NOTHING : read(changelog);
        Map<Integer, Long> committed = Offsets.committed(admin, config.applicationId(), USAGE, partitions);
        requireOffsetsFor(before, committed);
        if (committed.isEmpty()) {
            requireNothingBilled(before);
            return;
        }
        requireNoneMissing(missing);
        Offsets.requireReadable(admin, USAGE, partitions, committed);
        requireStateFor(committed, before.written().containsAll(committed.keySet()) ? before : read(changelog));
    }

    private WrittenState read(String changelog) throws InterruptedException, ExecutionException {
        try (CommittedRecords records = new CommittedRecords(admin, config, stopping)) {
            return WrittenState.read(records, changelog, partitions);
        }
    }

    private void requireOffsetsFor(WrittenState state, Map<Integer, Long> committed) {
        Set<Integer> forgotten = new TreeSet<>(state.written());
        forgotten.removeAll(committed.keySet());
        if (!forgotten.isEmpty()) {
            throw StartRefused.untilRebuilt(
                    "partitions %s of %s have state, but the group %s has no committed offset for them (deleted, or expired after a week without a start): read from the beginning, usage would be counted again"
                            .formatted(forgotten, USAGE, config.applicationId()));
        }
    }

    /** An application id that is new may not bill what another one has billed, unless a rebuild has told it what that was. */
    private void requireNothingBilled(WrittenState state) throws InterruptedException, ExecutionException {
        if (state.isRebuilt(partitions)) {
            return;
        }
        String topic = config.topics().of(Topics.BILL_LINES);
        try (CommittedRecords lines = new CommittedRecords(admin, config, stopping)) {
            if (lines.any(topic, partitions)) {
                throw StartRefused.untilRebuilt(
                        "weir.application.id=%s has neither offsets nor state, but %s has lines: everything would be billed again. If another id wrote them, set that one"
                                .formatted(config.applicationId(), topic));
            }
        }
    }

    private void requireNoneMissing(Set<String> missing) {
        if (!missing.isEmpty()) {
            throw StartRefused.untilRebuilt(
                    "the group %s has committed offsets on %s, but its changelogs %s are missing"
                            .formatted(config.applicationId(), USAGE, missing));
        }
    }

    private void requireStateFor(Map<Integer, Long> committed, WrittenState state) {
        Set<Integer> empty = new TreeSet<>(committed.keySet());
        empty.removeAll(state.written());
        if (!empty.isEmpty() && stopping.getCount() > 0) {
            throw StartRefused.untilRebuilt(
                    "the group %s has committed offsets on partitions %s of %s, but their state is empty"
                            .formatted(config.applicationId(), empty, USAGE));
        }
    }
}
