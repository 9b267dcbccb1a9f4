package io.weir.publish;

/** Something is wrong that concerns every event: the broker, the registry, a right that is missing. It is tried again. */
final class DeliveryFailed extends Exception {

    DeliveryFailed(Exception cause) {
        super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }
}
