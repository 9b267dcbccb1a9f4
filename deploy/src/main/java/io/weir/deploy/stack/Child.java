package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A child process that logs to a file. It leads a session of its own, so that Ctrl-C reaches only the launcher, which then stops
 * its children in order.
 */
final class Child implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final int LOG_LINES_SHOWN = 15;

    private final String name;
    private final Path log;
    private final List<String> command;
    private Process process;
    private Duration cpuOfEarlierStarts = Duration.ZERO;

    private Child(String name, Path log, List<String> command) {
        this.name = name;
        this.log = log;
        this.command = command;
        this.process = start();
    }

    /** Starts a program of this Java installation with the given arguments; what it prints is appended to the log. */
    static Child java(String name, Path log, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("setsid", javaProgram()));
        command.addAll(arguments);
        return new Child(name, log, List.copyOf(command));
    }

    private Process start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(new File("/dev/null"));
            builder.environment().keySet().removeIf(Child::overridesSettings);
            return builder.start();
        } catch (IOException refused) {
            throw new Failure("Cannot start the " + name + ": " + refused.getMessage(), refused);
        }
    }

    /** Starts the program again with the same arguments; the last start has ended. */
    void startAgain() {
        process = start();
    }

    /** Variables that are meant for other installations, and would win over the settings of this stack. */
    private static boolean overridesSettings(String variable) {
        return Stream.of("KAFKA_", "WEIR_", "SCHEMA_REGISTRY_", "BASIC_AUTH_", "BEARER_AUTH_")
                .anyMatch(variable::startsWith);
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits until the child says that it is ready, or reports why it never will be. */
    void awaitReady(BooleanSupplier ready) {
        Pause.until(
                ready,
                LONGEST_START,
                this::requireAlive,
                () -> new Failure("The %s is not ready after %d minutes. %s"
                        .formatted(name, LONGEST_START.toMinutes(), logTail())));
    }

    /** Waits until the child has ended and requires that it ended well. */
    void awaitSuccess() {
        try {
            if (process.waitFor() != 0) {
                throw new Failure("The " + name + " failed. " + logTail());
            }
        } catch (InterruptedException stop) {
            throw Pause.interrupted(stop);
        }
    }

    /** Reports a child that has died with the last it logged. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new Failure("The " + name + " ended by itself with status " + process.exitValue() + ". " + logTail());
        }
    }

    /** Processor time used so far, over all its starts that were ended here. */
    Duration cpu() {
        return cpuOfEarlierStarts.plus(process.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    /** Ends the child as a crash would: SIGKILL, nothing saved. */
    void kill() {
        cpuOfEarlierStarts = cpu();
        process.destroyForcibly();
        awaitEnd(LONGEST_STOP);
    }

    /** Lets the child stand still where it is (SIGSTOP): it answers nothing, and does not know it. */
    void freeze() {
        Signals.send("STOP", process.pid());
    }

    /** Lets a child go on that stood still (SIGCONT). */
    void thaw() {
        Signals.send("CONT", process.pid());
    }

    /** Asks the child to stop (SIGTERM) and waits; one that does not is killed. */
    @Override
    public void close() {
        cpuOfEarlierStarts = cpu();
        process.destroy();
        if (!awaitEnd(LONGEST_STOP)) {
            process.destroyForcibly();
            awaitEnd(LONGEST_STOP);
        }
    }

    private boolean awaitEnd(Duration longest) {
        try {
            return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            throw Pause.interrupted(stop);
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
            return "The end of its log " + log + ":\n  " + String.join("\n  ", last);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
