package io.weir.deploy.replay;

import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.watch.MeteringMetrics;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast the pipeline worked and what it cost, from the first record sent to the last line posted. The start of the
 * applications is left out, except that of a killed one. A Java program compiles itself while it warms up, so what it costs
 * afterwards is told apart.
 */
final class Pace {

    /** By then most of what is hot is compiled. */
    private static final long WARM_UP_RECORDS = 1_500_000;

    private final Pipeline pipeline;
    private final MeteringMetrics metrics;
    private final Cost start;
    private @Nullable Cost warm;

    private Pace(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.metrics = new MeteringMetrics(pipeline.meterings());
        this.start = cost(0);
    }

    /** What it has come to at some moment: after so many records, so much processor time of both applications. */
    private record Cost(long nanos, long records, Duration metering, Duration feeCenter) {

        String since(Cost before) {
            long count = Math.max(1, records - before.records);
            return "metering stream %.1f µs, fee center %.1f µs"
                    .formatted(
                            metering.minus(before.metering).toNanos() / 1e3 / count,
                            feeCenter.minus(before.feeCenter).toNanos() / 1e3 / count);
        }
    }

    private Cost cost(long records) {
        return new Cost(
                System.nanoTime(),
                records,
                pipeline.metering().cpu(),
                pipeline.feeCenter().cpu());
    }

    /** From now on. */
    static Pace start(Pipeline pipeline) {
        return new Pace(pipeline);
    }

    /** Notes when the metering stream is warm; so many records have been written. */
    void written(long records) {
        if (records == WARM_UP_RECORDS) {
            warm = cost(metrics.processed());
        }
    }

    /** Until now, in words, a line each. */
    List<String> inWords(long records) {
        Cost now = cost(records);
        long tookMillis = Duration.ofNanos(now.nanos - start.nanos).toMillis();
        String all = "%,d records in %.1f s: %,d a second. Processor time a record: %s"
                .formatted(records, tookMillis / 1e3, records * 1000 / Math.max(1, tookMillis), now.since(start));
        Cost before = warm;
        return before == null || before.records == 0
                ? List.of(all)
                : List.of(all, "after the first %,d records: %s".formatted(before.records, now.since(before)));
    }
}
