package io.weir.metering.rebuild;

/** That a rebuild would make the bill wrong: the message says why, and what to do. */
public final class RebuildRefused extends RuntimeException {

    RebuildRefused(String message) {
        super(message);
    }
}
