package io.weir.deploy.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.weir.deploy.console.Failure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a scenario's folder, the usage record by record, so that its length is bounded by the disk only. */
public final class ScenarioWriter implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;
    private final BufferedWriter usage;

    private ScenarioWriter(Path folder, BufferedWriter usage) {
        this.folder = folder;
        this.usage = usage;
    }

    /** Begins a scenario in a folder, made where it is missing. What is in its files is replaced. */
    public static ScenarioWriter in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new ScenarioWriter(folder, Files.newBufferedWriter(folder.resolve(Scenario.USAGE)));
        } catch (IOException refused) {
            throw new Failure("Cannot write a scenario to " + folder + ": " + refused, refused);
        }
    }

    /** Writes one file of control records, in the format of rules.md §9. */
    public void control(String name, JsonNode content) {
        try {
            Files.writeString(folder.resolve(name), JSON.writeValueAsString(content) + "\n");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Writes the usage record that arrives next. */
    public void usage(UsageRecord record) {
        try {
            usage.write(UsageJson.write(record));
            usage.write('\n');
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void close() {
        try {
            usage.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
