package io.weir.feecenter.ledger;

import java.time.Instant;

/**
 * An account whose posting is stopped: all its further lines are held back until it is released.
 *
 * @param accountId the account
 * @param reason why it was stopped
 * @param detail the value and the rule it broke
 * @param topicPartition where the line that stopped it arrived
 * @param topicOffset where the line that stopped it arrived
 * @param stoppedAt since when, by the database's clock
 */
public record StoppedAccount(
        String accountId, HoldReason reason, String detail, int topicPartition, long topicOffset, Instant stoppedAt) {}
