package io.weir.deploy.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * What has been started, to be stopped in reverse order: when closed, or when the process ends for any reason but SIGKILL. A part
 * is started and noted in one step, so that none is forgotten when Ctrl-C comes between.
 */
final class Parts implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::stop, "stop");
    private boolean stopped;

    Parts() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    synchronized <P extends AutoCloseable> P start(Supplier<P> starter) {
        if (stopped) {
            throw new IllegalStateException("The stack has been stopped");
        }
        P part = starter.get();
        started.push(part);
        return part;
    }

    private synchronized void stop() {
        stopped = true;
        while (!started.isEmpty()) {
            stop(started.pop());
        }
    }

    /** A part that does not stop is said aloud; the others still have to be stopped. */
    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failed) {
            System.err.println("Could not stop the " + part.getClass().getSimpleName() + ": " + failed);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The process ends already: the hook has run, or finds nothing left to stop.
        }
    }
}
