package io.weir.feecenter.ledger;

/** The database's position is not in the topic's log: lines are gone, or the topic or the database is another one. */
public final class PositionOutsideLog extends RuntimeException {

    PositionOutsideLog(SinkPosition position, LogRange log) {
        super(
                ("offset %d of partition %d: the ledger has read %s so far, but the log goes from %d to %d; lines are gone, or"
                                + " this is not the topic of this ledger: restore the one or connect to the other; nothing was"
                                + " posted")
                        .formatted(
                                position.nextOffset(),
                                position.partition(),
                                position.topic(),
                                log.beginning(),
                                log.end()));
    }
}
