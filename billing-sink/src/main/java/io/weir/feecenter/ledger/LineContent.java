package io.weir.feecenter.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.usage.MeterTotal;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * What a line says, in a form that can be compared: every field of it by name, so that the order of fields in a schema or
 * a new version of it does not change what an old line said.
 */
final class LineContent {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LineContent() {}

    /** SHA-256 of everything the line says, 64 lower-case hex digits. A field added later joins only when it is set. */
    static String sha256(BillLine line) {
        ObjectNode content = JSON.objectNode()
                .put("line_id", line.getLineId())
                .put("day", line.getDay().toString())
                .put("account_id", line.getAccountId())
                .put("workspace_id", line.getWorkspaceId())
                .put("resource", line.getResource())
                .put("item", line.getItem())
                .put("retention_days", line.getRetentionDays())
                .put("revision", line.getRevision())
                .put("kind", line.getKind().name())
                .put("quantity", line.getQuantity())
                .put("amount", line.getAmount())
                .put("currency", line.getCurrency())
                .put("net_quantity", line.getNetQuantity())
                .put("net_amount", line.getNetAmount())
                .put("price", price(line))
                .put("meters", meters(line))
                .put("first_ingested_at", Objects.toString(line.getFirstIngestedAt(), null))
                .put("last_ingested_at", Objects.toString(line.getLastIngestedAt(), null))
                .put("binding_seqs", line.getBindingSeqs().toString())
                .put("control_offset", line.getControlOffset());
        return DigestUtils.sha256Hex(content.toString());
    }

    /** The applied price as JSON, its figures as text; null when none was applied. */
    static @Nullable String price(BillLine line) {
        AppliedPrice price = line.getPrice();
        return price == null
                ? null
                : JSON.objectNode()
                        .put("price_book_version", price.getPriceBookVersion())
                        .put("effective_from", price.getEffectiveFrom().toString())
                        .put("unit", price.getUnit())
                        .put("model", price.getModel())
                        .toString();
    }

    /** The meter totals that the line came from as a JSON array, totals as text. */
    static String meters(BillLine line) {
        ArrayNode meters = JSON.arrayNode();
        for (MeterTotal meter : line.getMeters()) {
            meters.addObject()
                    .put("meter", meter.getMeter())
                    .put("total", meter.getTotal())
                    .put("events", meter.getEvents())
                    .put("digest", meter.getDigest());
        }
        return meters.toString();
    }
}
