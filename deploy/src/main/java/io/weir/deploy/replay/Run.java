package io.weir.deploy.replay;

import io.weir.deploy.console.Progress;
import io.weir.deploy.result.Reading;
import io.weir.deploy.result.Result;
import io.weir.deploy.scenario.Ending;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Target;
import java.util.List;

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
        Reading reading = Reading.of(pipeline, loader.usageSent() - playback.records());
        reading.requireAgreement();
        console.say("  %,d lines issued; ledger and topic agree"
                .formatted(reading.lines().lines().size()));
        return reading.result();
    }
}
