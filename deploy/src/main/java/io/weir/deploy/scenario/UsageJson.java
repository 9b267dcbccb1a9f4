package io.weir.deploy.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A usage record as a line of JSON. Read token by token and not as a tree: a meter that is named twice must come through twice,
 * and so must it be written.
 */
final class UsageJson {

    private static final JsonFactory JSON = new JsonFactory();
    static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private UsageJson() {}

    /** Reads one line. */
    static UsageRecord read(String line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            return record(parser);
        }
    }

    private static UsageRecord record(JsonParser parser) throws IOException {
        Instant ingest = null;
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
                case "value" -> value = parser.currentToken() == JsonToken.VALUE_NULL ? null : event(parser);
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

    private static UsageEvent event(JsonParser parser) throws IOException {
        UsageEvent.Builder event = UsageEvent.newBuilder();
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

    /** Writes one line, without its end. */
    static String write(UsageRecord record) throws IOException {
        Writer text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("ingest", MILLISECONDS.format(record.ingest()));
            json.writeStringField("key", record.key());
            if (record instanceof UsageRecord.Event event) {
                json.writeFieldName("value");
                write(event.value(), json);
            } else if (record instanceof UsageRecord.Raw raw) {
                json.writeStringField("raw", raw.base64());
            } else {
                json.writeNullField("value");
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(UsageEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("workspace_id", event.getWorkspaceId());
        json.writeStringField("source", event.getSource());
        json.writeFieldName("sequence");
        if (event.getSequence() == null) {
            json.writeNull();
        } else {
            json.writeNumber(event.getSequence());
        }
        json.writeStringField("event_id", event.getEventId());
        json.writeStringField("occurred_at", MILLISECONDS.format(event.getOccurredAt()));
        json.writeStringField("resource", event.getResource());
        json.writeObjectFieldStart("readings");
        for (Reading reading : event.getReadings()) {
            json.writeStringField(reading.getMeter(), Long.toString(reading.getQuantity()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
