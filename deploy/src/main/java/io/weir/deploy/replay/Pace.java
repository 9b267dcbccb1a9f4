package io.weir.deploy.replay;

import io.weir.deploy.stack.Pipeline;
import java.time.Duration;

/**
 * How fast the pipeline worked and what it cost, from the first record sent to the last line posted. The start of the
 * applications is left out, except that of a killed one.
 */
final class Pace {

    private final Pipeline pipeline;
    private final long startNanos = System.nanoTime();
    private final Duration meteringAtStart;
    private final Duration feeCenterAtStart;

    private Pace(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.meteringAtStart = pipeline.metering().cpu();
        this.feeCenterAtStart = pipeline.feeCenter().cpu();
    }

    /** From now on. */
    static Pace start(Pipeline pipeline) {
        return new Pace(pipeline);
    }

    /** Until now, in words. */
    String inWords(long records) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        return "%,d records in %.1f s: %,d a second. Processor time a record: metering stream %.1f µs, fee center %.1f µs"
                .formatted(
                        records,
                        took.toMillis() / 1e3,
                        records * 1000 / Math.max(1, took.toMillis()),
                        micros(pipeline.metering().cpu().minus(meteringAtStart), records),
                        micros(pipeline.feeCenter().cpu().minus(feeCenterAtStart), records));
    }

    private static double micros(Duration cpu, long records) {
        return cpu.toNanos() / 1e3 / Math.max(1, records);
    }
}
