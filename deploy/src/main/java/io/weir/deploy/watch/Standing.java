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

    /** In words for the user, short enough for a line of 80 columns. */
    String inWords() {
        return "to do: %,d records, %d partitions to close, %,d outcomes, %,d lines to post"
                .formatted(usageBehind, partitionsOpen, recordsUncounted, linesBehind);
    }
}
