package io.weir.feecenter.ledger;

/**
 * Another reader has taken the partition up, or the database was restored to an earlier hour: this reader's position is not
 * the database's, and it has written nothing.
 */
public final class PositionTaken extends RuntimeException {

    PositionTaken(SinkPosition mine) {
        super(
                "partition %d is no longer at offset %d of epoch %d: another reader took it up, or the database was restored"
                        .formatted(mine.partition(), mine.nextOffset(), mine.epoch()));
    }
}
