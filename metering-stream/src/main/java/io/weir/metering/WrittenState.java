package io.weir.metering;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.utils.Bytes;

/**
 * What stands in the changelog of the store {@code partition}.
 *
 * @param written that have state from a commit of the stream
 * @param rebuilt the partitions to which a rebuild has told what was billed
 */
record WrittenState(Set<Integer> written, Set<Integer> rebuilt) {

    /** No changelog. */
    static final WrittenState NOTHING = new WrittenState(Set.of(), Set.of());

    private static final Bytes REBUILT = Bytes.wrap(Changelogs.REBUILT_KEY.getBytes(UTF_8));

    /** Reads as much of the changelog as is needed to know. */
    static WrittenState read(CommittedRecords records, String changelog, int partitions)
            throws InterruptedException, ExecutionException {
        Set<Integer> written = new HashSet<>();
        Set<Integer> rebuilt = new HashSet<>();
        records.read(changelog, partitions, record -> {
            if (REBUILT.equals(Bytes.wrap(record.key()))) {
                rebuilt.add(record.partition());
            }
            boolean isState = IntakeProcessor.STATE_KEY.equals(Bytes.wrap(record.key()));
            if (isState) {
                written.add(record.partition());
            }
            return isState;
        });
        return new WrittenState(written, rebuilt);
    }

    /** Whether a rebuild came to its end. */
    boolean isRebuilt(int all) {
        return rebuilt.size() == all;
    }
}
