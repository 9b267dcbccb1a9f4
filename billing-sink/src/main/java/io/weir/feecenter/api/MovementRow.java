package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * Money that moved in a wallet.
 *
 * @param movementId later movements have larger ones
 * @param reference what it was moved for: a payment, a request, a voucher code, or the id of a bill line
 * @param postings what came into each purse, negative for what went out, and where that came from; they sum to zero
 */
record MovementRow(
        String movementId, String kind, String reference, Instant movedAt, String currency, JsonNode postings) {

    List<?> place() {
        return List.of(movementId);
    }
}
