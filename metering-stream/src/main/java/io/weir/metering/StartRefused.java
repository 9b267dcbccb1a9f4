package io.weir.metering;

/** That the application must not start on the state it finds: the message says why and names the way back. */
final class StartRefused extends RuntimeException {

    StartRefused(String message) {
        super(message);
    }
}
