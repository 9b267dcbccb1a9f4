package io.weir.deploy.faults;

import io.weir.deploy.console.Failure;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.watch.Positions;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Whether there is work under way in a pipeline, and whether it goes on. All its servers must be up. */
final class Work implements AutoCloseable {

    /** Longer than any start, even on a machine that is busy with other things. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT_FOR_WORK = Duration.ofSeconds(5);

    private final Pipeline pipeline;
    private final Loader loader;
    private final Positions positions;
    private final BillQuery ledger;

    Work(Pipeline pipeline, Loader loader) {
        this.pipeline = pipeline;
        this.loader = loader;
        this.positions = new Positions(pipeline.stack());
        this.ledger = new BillQuery(pipeline.stack().ledger());
    }

    /** Waits some seconds until a fault of this phase would interrupt something; whether it does. */
    boolean awaitUnderWay(Phase phase) {
        return switch (phase) {
            case WRITING -> true;
            case POSTING -> isSoon(() -> linesBehind() > 0);
            case CLOSING -> isSoon(() -> positions.uncommitted(Topics.BILL_LINES) > 0);
        };
    }

    private static boolean isSoon(BooleanSupplier reached) {
        long startNanos = System.nanoTime();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - startNanos > LONGEST_WAIT_FOR_WORK.toNanos()) {
                return false;
            }
            Pause.brief();
        }
        return true;
    }

    /**
     * Waits until the metering stream has committed something new in every partition, and the sink has posted something new or
     * has nothing left. A heartbeat that moves no clock gives every partition something to do.
     *
     * @param noLater an instant that no clock is behind
     * @param cause after what; for the message if it does not come to pass
     */
    void awaitProgress(Instant noLater, String cause) {
        Map<Integer, Long> meteredBefore = positions.metered();
        Map<Integer, Long> postedBefore = posted();
        loader.heartbeat(noLater);
        loader.flush();
        Pause.until(
                () -> hasMoved(meteredBefore) && (linesBehind() == 0 || !posted().equals(postedBefore)),
                LONGEST_RECOVERY,
                pipeline::requireAlive,
                () -> new Failure("%s, and the pipeline has not gone on within %d minutes: %,d lines to post. See %s"
                        .formatted(
                                cause,
                                LONGEST_RECOVERY.toMinutes(),
                                linesBehind(),
                                pipeline.stack().data().folder("log"))));
    }

    private boolean hasMoved(Map<Integer, Long> before) {
        Map<Integer, Long> now = positions.metered();
        return positions.ends(Topics.USAGE_EVENTS).keySet().stream()
                .allMatch(partition -> now.getOrDefault(partition, 0L) > before.getOrDefault(partition, 0L));
    }

    private long linesBehind() {
        return Positions.behind(posted(), positions.ends(Topics.BILL_LINES));
    }

    private Map<Integer, Long> posted() {
        return ledger.conservation().stream()
                .collect(Collectors.toMap(Conservation::topicPartition, Conservation::nextOffset));
    }

    @Override
    public void close() {
        positions.close();
    }
}
