package io.weir.deploy.stack;

import java.util.concurrent.CountDownLatch;

/** A program that does nothing until it is ended. */
final class Waiter {

    private Waiter() {}

    public static void main(String[] arguments) throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
