package io.weir.deploy.quickstart;

import io.weir.deploy.console.Failure;
import io.weir.deploy.stack.DataFolder;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

/**
 * How far a simulation has come, kept in its data folder, so that the next run goes on there.
 *
 * @param run counts the runs on this folder from 1
 * @param now the simulated time
 */
record SimulatedTime(int run, Instant now) {

    private static final String FILE = "simulation.properties";

    /** Where the simulation in this folder goes on; at its start if there was none. */
    static SimulatedTime next(DataFolder data, Instant start) {
        Path file = data.root().resolve(FILE);
        if (!Files.exists(file)) {
            return new SimulatedTime(1, start);
        }
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
        } catch (IOException unreadable) {
            throw new Failure("Cannot read " + file + ": " + unreadable, unreadable);
        }
        return new SimulatedTime(
                Integer.parseInt(stored.getProperty("run")) + 1, Instant.parse(stored.getProperty("now")));
    }

    boolean isFirstRun() {
        return run == 1;
    }

    /** The same run at a later time, which is stored. */
    SimulatedTime reached(DataFolder data, Instant later) {
        Properties stored = new Properties();
        stored.setProperty("run", Integer.toString(run));
        stored.setProperty("now", later.toString());
        Path file = data.root().resolve(FILE);
        try (Writer writer = Files.newBufferedWriter(file)) {
            stored.store(writer, "How far the simulation has come");
        } catch (IOException refused) {
            throw new Failure("Cannot write " + file + ": " + refused, refused);
        }
        return new SimulatedTime(run, later);
    }
}
