package io.weir.deploy.console;

/** Why a command could not do its work, in words for its user: what is wrong, with which value, and what to do. */
public final class Failure extends RuntimeException {

    /** A failure that the command found itself. */
    public Failure(String message) {
        super(message);
    }

    /** A failure that something beneath the command reported. */
    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
