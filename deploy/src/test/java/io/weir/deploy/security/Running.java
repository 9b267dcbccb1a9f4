package io.weir.deploy.security;

import io.weir.feecenter.FeeCenter;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.metering.MeteringConfig;
import io.weir.metering.MeteringStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of the two applications at work in this process. */
final class Running implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final CompletableFuture<Void> run;
    private final Runnable stop;
    private final Runnable close;

    private Running(Callable<Void> work, Runnable stop, Runnable close) {
        this.stop = stop;
        this.close = close;
        this.run = CompletableFuture.runAsync(() -> call(work), task -> new Thread(task, "application").start());
    }

    private static void call(Callable<Void> work) {
        try {
            work.call();
        } catch (Exception stopped) {
            throw new CompletionException(stopped);
        }
    }

    static Running metering(MeteringConfig config) throws IOException {
        MeteringStream stream = new MeteringStream(config);
        return new Running(
                () -> {
                    stream.run();
                    return null;
                },
                stream::stop,
                stream::close);
    }

    static Running feeCenter(FeeCenterConfig config) throws IOException {
        FeeCenter feeCenter = new FeeCenter(config);
        return new Running(
                () -> {
                    feeCenter.run();
                    return null;
                },
                feeCenter::stop,
                feeCenter::close);
    }

    /** Whether it has stopped by itself. */
    boolean hasStopped() {
        return run.isDone();
    }

    /** Why it stopped by itself, waited for; null if it was told to. */
    @Nullable
    Throwable whyStopped() {
        return run.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((nothing, thrown) -> thrown instanceof CompletionException ? thrown.getCause() : thrown)
                .join();
    }

    /** Stops it, unless it has stopped by itself. */
    @Override
    public void close() {
        stop.run();
        whyStopped();
        close.run();
    }
}
