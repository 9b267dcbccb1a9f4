package io.weir.deploy.scenario;

import io.weir.deploy.console.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recorded traffic: a folder with control records, the usage in the order of its arrival, and perhaps the bill it must give. */
public final class Scenario {

    static final String USAGE = "usage.ndjson";

    private final Path folder;

    private Scenario(Path folder) {
        this.folder = folder;
    }

    /** Opens a folder in the format of rules.md §9, which must be whole. */
    public static Scenario open(Path folder) {
        Stream.concat(ControlFiles.NAMES.stream(), Stream.of(USAGE))
                .filter(name -> !Files.isReadable(folder.resolve(name)))
                .findFirst()
                .ifPresent(missing -> {
                    throw new Failure(folder + " is no scenario: there is no readable " + missing + " in it.");
                });
        return new Scenario(folder);
    }

    /** What the replay must write, if the scenario says so. */
    public Optional<Path> expected() {
        return Optional.of(folder.resolve("expected")).filter(Files::isDirectory);
    }

    /** All control records, in an order in which none refers to a later one. */
    public List<ControlChange> control() {
        ControlFiles files = ControlFiles.read(folder);
        if (!files.mistakes().isEmpty()) {
            throw new Failure("The control records of the scenario are not right:\n  "
                    + String.join("\n  ", files.inWords(files.mistakes())));
        }
        return files.entries().stream().map(ControlEntry::change).toList();
    }

    /** The number of usage records. */
    public long countUsage() {
        try (Stream<String> lines = Files.lines(folder.resolve(USAGE))) {
            return lines.count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The usage in the order of its arrival, read as it is asked for; to be closed. */
    public Stream<UsageRecord> usage() {
        Path file = folder.resolve(USAGE);
        try {
            BufferedReader reader = Files.newBufferedReader(file);
            Line line = new Line(file);
            return reader.lines().map(line::read).onClose(() -> close(reader));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads line after line, and knows the number of the one that is wrong. */
    private static final class Line {

        private final Path file;
        private long number;

        Line(Path file) {
            this.file = file;
        }

        UsageRecord read(String text) {
            number++;
            try {
                return UsageParser.read(text);
            } catch (IOException | RuntimeException wrong) {
                throw new Failure(file + ", line " + number + " is no usage record: " + wrong.getMessage(), wrong);
            }
        }
    }
}
