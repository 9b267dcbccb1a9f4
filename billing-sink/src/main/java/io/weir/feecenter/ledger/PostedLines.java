package io.weir.feecenter.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.usage.MeterTotal;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Finds single lines in the ledger, with all that they say; it changes nothing. */
public final class PostedLines {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Jdbi jdbi;

    /** Asks the ledger's database. */
    public PostedLines(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * One line of a charge, in short.
     *
     * @param amount this line's own difference
     */
    public record Revision(String lineId, int revision, BigDecimal amount, Instant postedAt) {}

    /** The line with this id, if it is the account's; what is no id is the id of none. */
    public Optional<PostedLine> find(String accountId, String lineId) {
        if (!ID.matcher(lineId).matches()) {
            return Optional.empty();
        }
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM bill_line WHERE line_id = :line AND account_id = :account")
                        .bind("line", lineId)
                        .bind("account", accountId)
                        .map(PostedLines::posted)
                        .findOne());
    }

    /** All lines of the same charge as this one, which is among them, in their order. */
    public List<Revision> revisions(BillLine line) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT line_id, revision, amount, posted_at FROM bill_line
                        WHERE account_id = :account AND day = :day AND workspace_id = :workspace AND resource = :resource
                          AND item = :item AND retention_days IS NOT DISTINCT FROM :retention ORDER BY revision
                        """)
                .bind("account", line.getAccountId())
                .bind("day", line.getDay())
                .bind("workspace", line.getWorkspaceId())
                .bind("resource", line.getResource())
                .bind("item", line.getItem())
                .bindByType("retention", line.getRetentionDays(), Integer.class)
                .map(ConstructorMapper.of(Revision.class))
                .list());
    }

    private static PostedLine posted(ResultSet row, StatementContext context) throws SQLException {
        return new PostedLine(
                line(row),
                row.getInt("topic_partition"),
                row.getLong("topic_offset"),
                row.getObject("posted_at", OffsetDateTime.class).toInstant());
    }

    private static BillLine line(ResultSet row) throws SQLException {
        return new BillLine(
                row.getString("line_id"),
                row.getObject("day", LocalDate.class),
                row.getString("account_id"),
                row.getString("workspace_id"),
                row.getString("resource"),
                row.getString("item"),
                row.getObject("retention_days", Integer.class),
                row.getInt("revision"),
                LineKind.valueOf(row.getString("kind")),
                plain(row, "quantity"),
                plain(row, "amount"),
                row.getString("currency"),
                plain(row, "net_quantity"),
                plain(row, "net_amount"),
                price(row.getString("price")),
                meters(row.getString("meters")),
                instant(row, "first_ingested_at"),
                instant(row, "last_ingested_at"),
                List.of((Long[]) row.getArray("binding_seqs").getArray()),
                row.getLong("control_offset"));
    }

    private static String plain(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toPlainString();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable AppliedPrice price(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode price = read(json);
        return new AppliedPrice(
                price.path("price_book_version").asText(),
                LocalDate.parse(price.path("effective_from").asText()),
                price.path("unit").asText(),
                price.path("model").asText());
    }

    private static List<MeterTotal> meters(String json) {
        List<MeterTotal> meters = new ArrayList<>();
        for (JsonNode meter : read(json)) {
            meters.add(new MeterTotal(
                    meter.path("meter").asText(),
                    meter.path("total").asText(),
                    meter.path("events").asLong(),
                    meter.path("digest").asText()));
        }
        return meters;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL keeps no JSON that cannot be read", e);
        }
    }
}
