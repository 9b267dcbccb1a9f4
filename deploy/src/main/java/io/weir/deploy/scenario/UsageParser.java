package io.weir.deploy.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads usage from a line of JSON: token by token and not as a tree, since a meter named twice must come through twice. */
public final class UsageParser {

    private static final JsonFactory JSON = new JsonFactory();

    private UsageParser() {}

    /**
     * What a line need not say.
     *
     * @param ingest its time of arrival; null if the line must say it
     * @param source its source; null if the line must say it
     * @param eventId its event id; null if the line must say it
     */
    private record Defaults(
            @Nullable Instant ingest,
            @Nullable String source,
            @Nullable String eventId) {}

    /** Reads one line. */
    static UsageRecord read(String line) throws IOException {
        return read(line, new Defaults(null, null, null));
    }

    /**
     * Reads one line of usage that arrives now, whatever time of arrival it names. An event without an id has an empty one.
     *
     * @param arrival when it arrives
     * @param source the source of an event that names none; null if it must
     * @throws IOException saying what is wrong with the line
     */
    public static UsageRecord readArriving(String line, Instant arrival, @Nullable String source) throws IOException {
        return read(line, new Defaults(arrival, source, ""));
    }

    private static UsageRecord read(String line, Defaults defaults) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            return record(parser, defaults);
        }
    }

    private static UsageRecord record(JsonParser parser, Defaults defaults) throws IOException {
        Instant ingest = defaults.ingest();
        String key = null;
        String raw = null;
        UsageEvent value = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "ingest" -> ingest = Instant.parse(parser.getText());
                case "key" -> key = parser.getValueAsString();
                case "raw" -> raw = parser.getText();
                case "value" -> value = parser.currentToken() == JsonToken.VALUE_NULL ? null : event(parser, defaults);
                default -> throw unknown(parser, field);
            }
        }
        return record(required(parser, ingest, "ingest"), key, raw, value);
    }

    private static UsageRecord record(
            Instant ingest, @Nullable String key, @Nullable String raw, @Nullable UsageEvent value) {
        if (raw != null) {
            return new UsageRecord.Raw(ingest, key, raw);
        }
        return value == null ? new UsageRecord.Heartbeat(ingest, key) : new UsageRecord.Event(ingest, key, value);
    }

    private static UsageEvent event(JsonParser parser, Defaults defaults) throws IOException {
        UsageEvent.Builder event = UsageEvent.newBuilder();
        if (defaults.source() != null) {
            event.setSource(defaults.source());
        }
        if (defaults.eventId() != null) {
            event.setEventId(defaults.eventId());
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "workspace_id" -> event.setWorkspaceId(parser.getText());
                case "source" -> event.setSource(parser.getText());
                case "sequence" -> event.setSequence(sequence(parser));
                case "event_id" -> event.setEventId(parser.getText());
                case "occurred_at" -> event.setOccurredAt(Instant.parse(parser.getText()));
                case "resource" -> event.setResource(parser.getText());
                case "readings" -> event.setReadings(readings(parser));
                default -> throw unknown(parser, field);
            }
        }
        return event.build();
    }

    private static @Nullable Long sequence(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getLongValue();
    }

    private static List<Reading> readings(JsonParser parser) throws IOException {
        List<Reading> readings = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String meter = parser.currentName();
            parser.nextToken();
            readings.add(new Reading(meter, Long.parseLong(parser.getText())));
        }
        return readings;
    }

    private static JsonParseException unknown(JsonParser parser, String field) {
        return new JsonParseException(parser, "unknown field \"" + field + "\"");
    }

    private static <T> T required(JsonParser parser, @Nullable T value, String field) throws JsonParseException {
        if (value == null) {
            throw new JsonParseException(parser, "no field \"" + field + "\"");
        }
        return value;
    }
}
