package io.weir.deploy.watch;

/**
 * What is still to be done before a replay is complete.
 *
 * @param usageBehind usage records that the metering stream has not committed
 * @param partitionsOpen partitions of usage whose lines are not all issued
 * @param recordsUncounted usage records whose outcome is not counted yet
 * @param linesBehind places on the topic of bill lines that the sink has not passed
 */
record Standing(long usageBehind, long partitionsOpen, long recordsUncounted, long linesBehind) {

    boolean isComplete() {
        return usageBehind == 0 && partitionsOpen == 0 && recordsUncounted == 0 && linesBehind == 0;
    }

    /** In words for the user. */
    String inWords() {
        return "  still %,d records to be metered, %d partitions to be closed, %,d outcomes to be counted, %,d lines to be posted"
                .formatted(usageBehind, partitionsOpen, recordsUncounted, linesBehind);
    }
}
