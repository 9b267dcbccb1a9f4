package io.weir.deploy.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line column by column as plain text, so that one on the topic and one in the ledger can be compared: numbers without trailing
 * zeros, times in UTC, JSON with sorted fields.
 *
 * @param offset where the line stands on its partition of the topic
 * @param columns text by the column of {@code bill_line}
 */
record LedgerLine(long offset, Map<String, String> columns) {

    /** The columns that are asked of the ledger. */
    static final List<String> COLUMNS = List.of(
            "line_id",
            "day",
            "account_id",
            "workspace_id",
            "resource",
            "item",
            "retention_days",
            "revision",
            "kind",
            "quantity",
            "amount",
            "currency",
            "net_quantity",
            "net_amount",
            "price",
            "meters",
            "first_ingested_at",
            "last_ingested_at",
            "binding_seqs",
            "control_offset");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** As the topic has it. */
    static LedgerLine of(long offset, BillLine line) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("line_id", line.getLineId());
        columns.put("day", line.getDay().toString());
        columns.put("account_id", line.getAccountId());
        columns.put("workspace_id", line.getWorkspaceId());
        columns.put("resource", line.getResource());
        columns.put("item", line.getItem());
        columns.put("retention_days", text(line.getRetentionDays()));
        columns.put("revision", text(line.getRevision()));
        columns.put("kind", line.getKind().name());
        columns.put("quantity", text(new BigDecimal(line.getQuantity())));
        columns.put("amount", text(new BigDecimal(line.getAmount())));
        columns.put("currency", line.getCurrency());
        columns.put("net_quantity", text(new BigDecimal(line.getNetQuantity())));
        columns.put("net_amount", text(new BigDecimal(line.getNetAmount())));
        columns.put("price", price(line.getPrice()));
        columns.put("meters", meters(line));
        columns.put("first_ingested_at", text(line.getFirstIngestedAt()));
        columns.put("last_ingested_at", text(line.getLastIngestedAt()));
        columns.put("binding_seqs", line.getBindingSeqs().toString());
        columns.put("control_offset", text(line.getControlOffset()));
        return new LedgerLine(offset, columns);
    }

    /** As the row of the ledger has it. */
    static LedgerLine of(ResultSet row) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : COLUMNS) {
            columns.put(column, text(column, row.getObject(column)));
        }
        return new LedgerLine(row.getLong("topic_offset"), columns);
    }

    private static String text(String column, @Nullable Object value) throws SQLException {
        if (value instanceof Array array) {
            return Arrays.toString((Object[]) array.getArray());
        }
        if (value instanceof Timestamp instant) {
            return text(instant.toInstant());
        }
        if (value instanceof BigDecimal number) {
            return text(number);
        }
        return value != null && List.of("price", "meters").contains(column) ? sorted(value.toString()) : text(value);
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    private static String text(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String text(@Nullable Instant instant) {
        return Objects.toString(instant, "");
    }

    private static String price(@Nullable AppliedPrice price) {
        return price == null
                ? ""
                : json(Map.of(
                        "price_book_version", price.getPriceBookVersion(),
                        "effective_from", price.getEffectiveFrom().toString(),
                        "unit", price.getUnit(),
                        "model", price.getModel()));
    }

    private static String meters(BillLine line) {
        return json(line.getMeters().stream()
                .map(meter -> Map.<String, Object>of(
                        "meter", meter.getMeter(),
                        "total", meter.getTotal(),
                        "events", meter.getEvents(),
                        "digest", meter.getDigest()))
                .toList());
    }

    private static String sorted(String json) {
        try {
            return json(JSON.readValue(json, Object.class));
        } catch (JsonProcessingException notJson) {
            return json;
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String lineId() {
        return columns.getOrDefault("line_id", "");
    }

    /** Where the ledger's row differs from this line of the topic, in words; empty if it is the same. */
    String differenceTo(LedgerLine row) {
        return COLUMNS.stream()
                .filter(column -> !Objects.equals(columns.get(column), row.columns.get(column)))
                .map(column ->
                        "%s is %s, on the topic %s".formatted(column, row.columns.get(column), columns.get(column)))
                .collect(Collectors.joining("; "));
    }
}
