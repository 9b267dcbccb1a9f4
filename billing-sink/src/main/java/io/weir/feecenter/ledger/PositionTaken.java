package io.weir.feecenter.ledger;

/** Another reader has taken the partition up, or moved its position: this one is a zombie there and has written nothing. */
public final class PositionTaken extends RuntimeException {

    PositionTaken(SinkPosition mine) {
        super("partition %d is no longer at offset %d of epoch %d: another reader has taken it up"
                .formatted(mine.partition(), mine.nextOffset(), mine.epoch()));
    }
}
