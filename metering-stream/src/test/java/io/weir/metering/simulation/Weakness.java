package io.weir.metering.simulation;

/** What is wrong with the runtime: each of these loses or doubles money, so the proof must notice it. */
enum Weakness {
    /** Nothing: what Kafka Streams does under exactly-once. */
    NONE,
    /** Outputs and state are there at once, only offsets wait for the commit. */
    AT_LEAST_ONCE,
    /** Whoever reads the outputs also sees those of transactions that are aborted. */
    READ_UNCOMMITTED,
    /** Records count as arriving when they are processed, so the wall clock closes days. */
    WALL_CLOCK,
    /** The write-back runs after the transaction, as {@code StateStore.commit} would. */
    WRITE_BACK_AFTER_COMMIT,
    /** The hook is armed before the record is applied, and has no room to wait. */
    ARMED_FIRST,
    /** What was accepted is forgotten at each start. */
    NO_DEDUPLICATION,
    /** The clock of the partition is forgotten at each start. */
    CLOCK_NOT_PERSISTED,
    /** The commit of an old owner still counts. */
    ZOMBIE_NOT_FENCED
}
