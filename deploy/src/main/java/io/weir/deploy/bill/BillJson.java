package io.weir.deploy.bill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.feecenter.ledger.BillQuery.BillRow;

/** A charge of the bill as JSON: the columns of {@code bill.csv} (rules.md §9). */
final class BillJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BillJson() {}

    static String of(BillRow row) {
        ObjectNode json = JSON.createObjectNode()
                .put("day", row.day().toString())
                .put("account_id", row.accountId())
                .put("workspace_id", row.workspaceId())
                .put("resource", row.resource())
                .put("item", row.item())
                .put("retention_days", row.retentionDays())
                .put("quantity", row.columns().get(6))
                .put("amount", row.columns().get(7))
                .put("currency", row.currency());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
