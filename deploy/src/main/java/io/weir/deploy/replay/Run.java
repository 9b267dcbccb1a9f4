package io.weir.deploy.replay;

import io.weir.billing.BillLine;
import io.weir.deploy.console.Progress;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.MeteringMetrics;
import io.weir.deploy.watch.Outcome;
import io.weir.deploy.watch.Target;
import io.weir.deploy.watch.TopicReader;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.wire.Topics;
import java.util.List;
import java.util.Map;

/** One run of a scenario on a pipeline that has seen no usage yet. */
final class Run {

    private final Pipeline pipeline;
    private final Loader loader;
    private final Progress console;

    Run(Pipeline pipeline, Loader loader, Progress console) {
        this.pipeline = pipeline;
        this.loader = loader;
        this.console = console;
    }

    /** Plays the scenario, waits until all of it is posted, and reads what came of it; fails if ledger and topic differ. */
    Result of(Scenario scenario, List<Long> kills) {
        console.say("Writing the usage");
        Pace pace = Pace.start(pipeline);
        Playback playback = new Playback(pipeline, loader, console, kills, pace);
        Ending ending = playback.play(scenario);
        new Completion(pipeline, console)
                .await(new Target(ending.finalClock(), ending.usageEndsBy(), loader.usageSent()));
        pace.inWords(playback.records()).forEach(line -> console.say("  " + line));
        return result(loader.usageSent() - playback.records());
    }

    private Result result(long heartbeats) {
        BillQuery ledger = new BillQuery(pipeline.stack().database().ledger());
        IssuedLines lines = new IssuedLines(lines());
        new Agreement(ledger, lines).require();
        console.say("  %,d lines issued; ledger and topic agree"
                .formatted(lines.lines().size()));
        return new Result(
                ledger.bill().stream().map(BillQuery.BillRow::columns).toList(),
                outcomes(heartbeats),
                lines.asIssued());
    }

    private List<BillLine> lines() {
        try (TopicReader<BillLine> reader = new TopicReader<>(
                pipeline.stack(), Topics.BILL_LINES, pipeline.stack().partitions())) {
            return reader.readToEnd();
        }
    }

    /** The outcomes that occurred among the scenario's own records, without the loader's heartbeats. */
    private List<List<String>> outcomes(long heartbeats) {
        Map<Outcome, Long> counts = new MeteringMetrics(pipeline.metering()).outcomes();
        counts.merge(Outcome.HEARTBEAT, -heartbeats, Long::sum);
        return counts.entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .map(count -> List.of(
                        count.getKey().outcome(),
                        count.getKey().reason(),
                        count.getValue().toString()))
                .toList();
    }
}
