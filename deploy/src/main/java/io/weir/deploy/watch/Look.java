package io.weir.deploy.watch;

import io.weir.deploy.stack.Pipeline;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.feecenter.ledger.BillQuery.Conservation;
import io.weir.usage.MeteringProgress;
import io.weir.wire.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks how far the pipeline is from a target: by the stream's committed positions, the progress that it reports, its counters,
 * and the sink's positions in the database.
 */
final class Look implements AutoCloseable {

    private final Target target;
    private final int partitions;
    private final MeteringMetrics metrics;
    private final BillQuery ledger;
    private final Positions positions;
    private final TopicReader<MeteringProgress> progressReader;
    private final Map<Integer, MeteringProgress> progress = new HashMap<>();

    Look(Pipeline pipeline, Target target) {
        this.target = target;
        this.partitions = pipeline.stack().partitions();
        this.metrics = new MeteringMetrics(pipeline.meterings());
        this.ledger = new BillQuery(pipeline.stack().ledger());
        this.positions = new Positions(pipeline.stack());
        this.progressReader = new TopicReader<>(pipeline.stack(), Topics.METERING_PROGRESS, 1);
    }

    /** In the order of the data, so that what one stage hands on meanwhile is still seen at the next. */
    Standing now() {
        long usageBehind = usageBehind();
        return new Standing(usageBehind, partitionsOpen(), recordsUncounted(usageBehind), linesBehind());
    }

    private long usageBehind() {
        return Positions.behind(positions.metered(), positions.ends(Topics.USAGE_EVENTS));
    }

    private long partitionsOpen() {
        progressReader.readOn().forEach(said -> progress.put(said.getPartition(), said));
        return partitions - progress.values().stream().filter(this::isThere).count();
    }

    private boolean isThere(MeteringProgress said) {
        return !said.getClock().isBefore(target.clock())
                && !said.getIssuedBefore().isBefore(target.issuedBefore());
    }

    /** Asked only once all usage is read: to answer costs the stream more than a thousand records do. */
    private long recordsUncounted(long usageBehind) {
        return usageBehind > 0 ? usageBehind : Math.max(0, target.records() - metrics.records());
    }

    private long linesBehind() {
        Map<Integer, Long> posted = ledger.conservation().stream()
                .collect(Collectors.toMap(Conservation::topicPartition, Conservation::nextOffset));
        return Positions.behind(posted, positions.ends(Topics.BILL_LINES));
    }

    @Override
    public void close() {
        progressReader.close();
        positions.close();
    }
}
