package io.weir.metering.recomputation;

import static io.weir.metering.recomputation.ScenarioJson.MAPPER;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import io.weir.metering.recomputation.Scenario.Account;
import io.weir.metering.recomputation.Scenario.Binding;
import io.weir.metering.recomputation.Scenario.Catalogue;
import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.PriceBook;
import io.weir.metering.recomputation.Scenario.Recorded;
import io.weir.metering.recomputation.Scenario.Site;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scenario as a folder of files (rules.md §9). */
public record ScenarioFolder(Path path) {

    private static final String USAGE = "usage.ndjson";

    private record ValueLine(
            Instant ingest, @Nullable String key, @Nullable Event value) {}

    private record RawLine(Instant ingest, @Nullable String key, String raw) {}

    /** Reads the scenario; a file that is missing or not in the format is an {@link IOException}. */
    public Scenario read() throws IOException {
        return new Scenario(
                List.of(read("sites.json", Site[].class)),
                List.of(read("workspaces.json", Workspace[].class)),
                List.of(read("accounts.json", Account[].class)),
                List.of(read("bindings.json", Binding[].class)),
                read("price-book.json", PriceBook.class),
                read("catalogue.json", Catalogue.class),
                readUsage());
    }

    /** Text of a file that the scenario must come to, e.g. bill.csv. */
    public String expected(String file) throws IOException {
        return Files.readString(path.resolve("expected").resolve(file));
    }

    /** Writes the scenario into this folder, which is created if it is missing. */
    public void write(Scenario scenario) throws IOException {
        Files.createDirectories(path);
        write("sites.json", scenario.sites());
        write("workspaces.json", scenario.workspaces());
        write("accounts.json", scenario.accounts());
        write("bindings.json", scenario.bindings());
        write("price-book.json", scenario.priceBook());
        write("catalogue.json", scenario.catalogue());
        try (BufferedWriter usage = Files.newBufferedWriter(path.resolve(USAGE))) {
            for (Recorded recorded : scenario.usage()) {
                usage.write(line(recorded) + "\n");
            }
        }
    }

    private <T> T read(String file, Class<T> type) throws IOException {
        return MAPPER.readValue(path.resolve(file).toFile(), type);
    }

    private List<Recorded> readUsage() throws IOException {
        List<Recorded> usage = new ArrayList<>();
        for (String line : Files.readAllLines(path.resolve(USAGE))) {
            usage.add(MAPPER.readValue(line, Recorded.class));
        }
        return usage;
    }

    private void write(String file, Object content) throws IOException {
        Files.write(
                path.resolve(file),
                MAPPER.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(content)
                        .getBytes(UTF_8));
    }

    private static String line(Recorded recorded) throws JacksonException {
        return MAPPER.writeValueAsString(
                recorded.raw() == null
                        ? new ValueLine(recorded.ingest(), recorded.key(), recorded.value())
                        : new RawLine(recorded.ingest(), recorded.key(), recorded.raw()));
    }
}
