package io.weir.deploy.send;

import io.weir.deploy.console.Failure;
import io.weir.deploy.scenario.UsageParser;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.usage.UsageEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file with one event a line, in the form of {@code usage.ndjson} (rules.md §9). */
final class UsageLines {

    private final Path file;
    private final @Nullable String source;

    /**
     * Lines of a file.
     *
     * @param source the source of events that name none; null if each must
     */
    UsageLines(Path file, @Nullable String source) {
        this.file = file;
        this.source = source;
    }

    /** Every mistake of the file, each with its line. */
    List<String> mistakes(Expectation expectation) {
        List<String> mistakes = new ArrayList<>();
        Identities identities = new Identities();
        read((line, text) -> {
            try {
                UsageEvent event = identities.named(event(text));
                expectation.mistakes(event).forEach(mistake -> mistakes.add(said(line, mistake)));
                identities.conflict(line, event).ifPresent(mistake -> mistakes.add(said(line, mistake)));
            } catch (IOException | RuntimeException wrong) {
                mistakes.add(said(line, firstLine(wrong)));
            }
        });
        return mistakes;
    }

    /** Hands over every event of a file without mistakes, in its order. */
    void each(Consumer<UsageEvent> taker) {
        Identities identities = new Identities();
        read((line, text) -> {
            try {
                taker.accept(identities.named(event(text)));
            } catch (IOException wrong) {
                throw new Failure(
                        "%s has changed while it was read: %s".formatted(file, said(line, firstLine(wrong))), wrong);
            }
        });
    }

    private UsageEvent event(String text) throws IOException {
        UsageRecord record = UsageParser.readArriving(text, Instant.EPOCH, source);
        if (!(record instanceof UsageRecord.Event event)) {
            throw new IOException("it has no event as its \"value\"");
        }
        UsageEvent value = event.value();
        String key = Optional.ofNullable(record.key()).orElse(value.getWorkspaceId());
        if (!key.equals(value.getWorkspaceId())) {
            throw new IOException("key '%s' is not the workspace_id '%s'".formatted(key, value.getWorkspaceId()));
        }
        return value;
    }

    private void read(LineTaker taker) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            long number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                taker.take(++number, text);
            }
        } catch (IOException unreadable) {
            throw new Failure("%s cannot be read: %s".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    private static String said(long line, String mistake) {
        return "line %d: %s".formatted(line, mistake);
    }

    private static String firstLine(Exception wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    /** Takes a line with its number, from 1. */
    private interface LineTaker {
        void take(long number, String text);
    }
}
