package io.weir.deploy.scenario;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.weir.deploy.console.Failure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** Writes a scenario's folder, the usage record by record, so that its length is bounded by the disk only. */
public final class ScenarioWriter implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .registerModule(new SimpleModule().addSerializer(Instant.class, new Milliseconds()));

    private final Path folder;
    private final BufferedWriter usage;

    private static final class Milliseconds extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializerProvider unused) throws IOException {
            json.writeString(UsagePrinter.MILLISECONDS.format(instant));
        }
    }

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

    /** Writes one file of control records: a record or a list of them, whose fields have the names of rules.md §9. */
    public void control(String name, Object content) {
        try {
            Files.writeString(folder.resolve(name), JSON.writeValueAsString(content) + "\n");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Writes one file of control records as it is. */
    public void control(String name, InputStream content) {
        try (content) {
            Files.copy(content, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Writes the usage record that arrives next. */
    public void usage(UsageRecord record) {
        try {
            usage.write(UsagePrinter.write(record));
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
