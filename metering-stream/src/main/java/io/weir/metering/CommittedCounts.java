package io.weir.metering;

import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.intake.PartitionState;
import io.weir.usage.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What the committed state of a metering stream says became of the records of one partition (rules.md §3): for an audit from
 * outside, which reads it from the state's changelog, committed records only.
 *
 * @param byOutcome number of records by the name of their outcome, all five outcomes
 * @param byReason number of rejected records by the reason, all reasons
 */
public record CommittedCounts(Map<String, Long> byOutcome, Map<Reason, Long> byReason) {

    /** Defensive copies. */
    public CommittedCounts {
        byOutcome = Map.copyOf(byOutcome);
        byReason = Map.copyOf(byReason);
    }

    /** The changelog in which the counts of a stream stand, as many partitions as {@code usage-events}. */
    public static String changelog(String applicationId) {
        return applicationId + "-" + MeteringTopology.PARTITION + "-changelog";
    }

    /** The counts in one record of the changelog; empty if it holds something else. The last one of a partition counts. */
    public static Optional<CommittedCounts> read(byte[] key, byte[] value) {
        return Arrays.equals(key, IntakeProcessor.STATE_KEY.get())
                ? Optional.of(of(PartitionState.restored(value).counts()))
                : Optional.empty();
    }

    private static CommittedCounts of(OutcomeCounts counts) {
        return new CommittedCounts(
                by(Outcome.values(), Outcome::name, counts::of), by(Reason.values(), Function.identity(), counts::of));
    }

    private static <E, K> Map<K, Long> by(E[] all, Function<E, K> key, ToLongFunction<E> count) {
        return Arrays.stream(all).collect(Collectors.toMap(key, count::applyAsLong));
    }

    /** Number of records with this outcome, named as in rules.md §3. */
    public long of(String outcome) {
        return byOutcome.getOrDefault(outcome, 0L);
    }

    /** Number of records of any outcome: so many of the partition's first records are in the state. */
    public long records() {
        return byOutcome.values().stream().mapToLong(Long::longValue).sum();
    }
}
