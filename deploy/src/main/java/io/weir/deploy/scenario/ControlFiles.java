package io.weir.deploy.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.billing.RetentionChange;
import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** The control records of a folder in the format of rules.md §9, and every mistake in its files. A file that is missing says nothing. */
public final class ControlFiles {

    /** The files, in an order in which none refers to a later one. */
    public static final List<String> NAMES = List.of(
            "catalogue.json", "price-book.json", "sites.json", "workspaces.json", "accounts.json", "bindings.json");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path folder;
    private final Findings findings = new Findings();
    private final List<ControlEntry> entries = new ArrayList<>();

    private ControlFiles(Path folder) {
        this.folder = folder;
    }

    /** Reads what there is of the files. */
    public static ControlFiles read(Path folder) {
        ControlFiles files = new ControlFiles(folder);
        files.read("catalogue.json", file -> file.oneOrMore(Versions::catalogue));
        files.read("price-book.json", file -> file.oneOrMore(Versions::priceBook));
        files.read("sites.json", file -> file.elements(ControlRecords::site));
        files.read("workspaces.json", ControlFiles::workspaces);
        files.read("accounts.json", file -> file.elements(ControlRecords::account));
        files.read("bindings.json", file -> file.elements(ControlRecords::binding));
        return files;
    }

    /** All workspaces before the first retention setting. */
    private static List<ControlEntry> workspaces(Part file) {
        List<ControlEntry> all = file.elements(ControlRecords::workspace).stream()
                .flatMap(List::stream)
                .toList();
        Predicate<ControlEntry> isRetention = entry -> entry.change().record().getChange() instanceof RetentionChange;
        List<ControlEntry> sorted =
                new ArrayList<>(all.stream().filter(isRetention.negate()).toList());
        all.stream().filter(isRetention).forEach(sorted::add);
        return sorted;
    }

    private void read(String name, Function<Part, List<ControlEntry>> reading) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return;
        }
        Place place = new Place(name, "");
        try {
            JsonNode root = JSON.readTree(file.toFile());
            entries.addAll(reading.apply(new Part(root, place, findings)));
        } catch (JsonProcessingException noJson) {
            findings.wrong(
                    place,
                    "no JSON: %s, at line %d"
                            .formatted(
                                    noJson.getOriginalMessage(),
                                    noJson.getLocation().getLineNr()));
        } catch (IOException unreadable) {
            throw new Failure(file + " is not readable: " + unreadable.getMessage(), unreadable);
        }
    }

    /** All records, in an order in which none refers to a later one. */
    public List<ControlEntry> entries() {
        return List.copyOf(entries);
    }

    /** What is wrong: not JSON, a missing field, a value that cannot be read. */
    public List<Mistake> mistakes() {
        return findings.mistakes();
    }

    /** Fields that no control record has; a replay passes over them. */
    public List<Mistake> unknownFields() {
        return findings.unknownFields();
    }

    /** Whether something at this place, or within it, cannot be read. */
    public boolean hasMistakeWithin(Place place) {
        return findings.hasMistakeWithin(place);
    }

    /** Mistakes with the file, the line and the place in the file. */
    public List<String> inWords(List<Mistake> mistakes) {
        Map<String, Map<String, Integer>> lines = new HashMap<>();
        return mistakes.stream()
                .map(mistake ->
                        inWords(mistake, lines.computeIfAbsent(mistake.place().file(), this::linesOf)))
                .toList();
    }

    private static String inWords(Mistake mistake, Map<String, Integer> lines) {
        Place place = mistake.place();
        return "%s:%d %s: %s".formatted(place.file(), line(place.path(), lines), place.path(), mistake.what());
    }

    /** The line of a value; of one that is missing, the line of what it is missing in. */
    private static int line(String path, Map<String, Integer> lines) {
        Integer line = lines.get(path);
        if (line != null || path.isEmpty()) {
            return line == null ? 1 : line;
        }
        return line(path.substring(0, path.lastIndexOf('/')), lines);
    }

    /** The line on which each value of a file begins; of a file that is no JSON, those before the mistake. */
    private Map<String, Integer> linesOf(String name) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = JSON.createParser(folder.resolve(name).toFile())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isStructStart()
                        || parser.currentToken().isScalarValue()) {
                    String path = parser.getParsingContext().pathAsPointer().toString();
                    lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
                }
            }
        } catch (IOException noJson) {
            return lines;
        }
        return lines;
    }
}
