package io.weir.deploy.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is going on, line by line. On a terminal the last line is rewritten while it counts; elsewhere, as in a log file, a
 * counting line is repeated every ten seconds at most.
 */
public final class Progress {

    private static final long LOG_PAUSE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long TERMINAL_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean counting;
    private long lastCountNanos = System.nanoTime();

    /**
     * Progress on a stream.
     *
     * @param terminal whether a person watches, so that a line can be rewritten
     */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Progress on standard error, so that standard output holds only results; the launcher says whether it is a terminal. */
    public static Progress onStandardError() {
        return new Progress(System.err, Boolean.getBoolean("weir.terminal"));
    }

    /** Says that something was reached. */
    public synchronized void say(String line) {
        endCounting();
        out.println(line);
        lastCountNanos = System.nanoTime();
    }

    /** Says how far something is, if it is time to say so again; the next such line takes its place. */
    public synchronized void count(Supplier<String> line) {
        long now = System.nanoTime();
        if (now - lastCountNanos < (terminal ? TERMINAL_PAUSE_NANOS : LOG_PAUSE_NANOS)) {
            return;
        }
        lastCountNanos = now;
        if (terminal) {
            out.print(CLEAR_LINE + line.get());
            out.flush();
            counting = true;
        } else {
            out.println(line.get());
        }
    }

    private void endCounting() {
        if (counting) {
            out.print(CLEAR_LINE);
            counting = false;
        }
    }
}
