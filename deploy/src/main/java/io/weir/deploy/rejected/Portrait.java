package io.weir.deploy.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageEvent;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.JsonForm;
import io.weir.wire.UnreadableRecord;
import java.io.PrintWriter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Prints all that is known of a refused record. What it holds is escaped, so that it does nothing to a terminal. */
final class Portrait {

    private static final int BYTES_DUMPED = 256;
    private static final int BYTES_A_ROW = 16;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final AvroDeserializer<UsageEvent> events;
    private final PrintWriter out;

    Portrait(AvroDeserializer<UsageEvent> events, PrintWriter out) {
        this.events = events;
        this.out = out;
    }

    void print(Refusal refusal) {
        RejectedUsage usage = refusal.usage();
        byte[] value = refusal.value();
        line("reason", usage.getReason().name());
        line("detail", usage.getDetail());
        line(
                "arrived",
                "%s partition %d offset %d".formatted(usage.getTopic(), usage.getPartition(), usage.getOffset()));
        line("ingested at", usage.getIngestedAt().toString());
        line("key", key(refusal.key()));
        line("length", "%,d bytes, %,d kept".formatted(usage.getOriginalLength(), value.length));
        line("SHA-256", usage.getOriginalSha256());
        line(
                "send again",
                refusal.hindrance().map(why -> "not possible: " + why).orElse("possible"));
        try {
            out.println(json(events.read(value)));
        } catch (UnreadableRecord unreadable) {
            line("value", unreadable.getMessage());
            dump(value);
        }
    }

    private void line(String name, @Nullable String text) {
        out.printf("%-12s%s%n", name, text);
    }

    private static String key(byte @Nullable [] key) {
        try {
            return key == null ? "none" : JSON.writeValueAsString(new String(key, UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String json(UsageEvent event) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(JsonForm.of(event)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void dump(byte[] value) {
        int end = Math.min(value.length, BYTES_DUMPED);
        HexFormat hex = HexFormat.ofDelimiter(" ");
        for (int from = 0; from < end; from += BYTES_A_ROW) {
            int to = Math.min(end, from + BYTES_A_ROW);
            out.printf("  %06x  %-47s  %s%n", from, hex.formatHex(value, from, to), printable(value, from, to));
        }
        if (value.length > end) {
            out.printf("  … %,d bytes more%n", value.length - end);
        }
    }

    private static String printable(byte[] value, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int index = from; index < to; index++) {
            text.append(value[index] >= ' ' && value[index] < 127 ? (char) value[index] : '.');
        }
        return text.toString();
    }
}
