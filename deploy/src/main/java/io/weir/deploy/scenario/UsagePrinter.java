package io.weir.deploy.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes a usage record as a line of JSON. */
final class UsagePrinter {

    static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonFactory JSON = new JsonFactory();

    private UsagePrinter() {}

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
