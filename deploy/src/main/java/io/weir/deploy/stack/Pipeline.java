package io.weir.deploy.stack;

/**
 * The two applications at work on a stack.
 *
 * @param stack the servers they use
 * @param metering the metering stream
 * @param feeCenter the fee center's sink
 */
public record Pipeline(Stack stack, Application metering, Application feeCenter) {

    /** Starts both and waits until they do their work. What they must know from the start is on the broker by now. */
    public static Pipeline start(Stack stack) {
        Application metering = stack.startMetering();
        Application feeCenter = stack.startFeeCenter();
        metering.awaitReady();
        feeCenter.awaitReady();
        return new Pipeline(stack, metering, feeCenter);
    }

    /** Reports a part that has died, with the last it logged. */
    public void requireAlive() {
        stack.requireAlive();
        metering.requireAlive();
        feeCenter.requireAlive();
    }
}
