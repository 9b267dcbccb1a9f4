package io.weir.deploy.watch;

import io.weir.deploy.console.Failure;
import io.weir.deploy.console.Progress;
import io.weir.deploy.stack.Pause;
import io.weir.deploy.stack.Pipeline;
import java.time.Duration;

/** Waits until everything that was written is metered, closed, counted and posted. */
public final class Completion {

    /** Nothing takes so long that no figure moves meanwhile. */
    private static final Duration STALLED = Duration.ofMinutes(2);

    private final Pipeline pipeline;
    private final Progress console;

    /** Waits for this pipeline, and says on the console how far it is. */
    public Completion(Pipeline pipeline, Progress console) {
        this.pipeline = pipeline;
        this.console = console;
    }

    /** Returns when the target is reached; reports a part that has died, and a pipeline in which nothing moves. */
    public void await(Target target) {
        try (Look look = new Look(pipeline, target)) {
            Standing standing = look.now();
            long movedNanos = System.nanoTime();
            while (!standing.isComplete()) {
                pipeline.requireAlive();
                String inWords = standing.inWords();
                console.count(() -> "  " + inWords);
                Pause.brief();
                Standing next = look.now();
                if (!next.equals(standing)) {
                    movedNanos = System.nanoTime();
                } else if (System.nanoTime() - movedNanos > STALLED.toNanos()) {
                    throw stalled(standing);
                }
                standing = next;
            }
        }
    }

    private Failure stalled(Standing standing) {
        return new Failure("Nothing has moved for %d minutes; %s. The logs are in %s (--data keeps them)."
                .formatted(
                        STALLED.toMinutes(),
                        standing.inWords(),
                        pipeline.stack().data().folder("log")));
    }
}
