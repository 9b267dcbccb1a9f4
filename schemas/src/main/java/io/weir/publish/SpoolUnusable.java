package io.weir.publish;

import java.io.IOException;

/** The spool cannot be opened: another publisher has it, or it is damaged. The message says which, and what to do. */
public final class SpoolUnusable extends IOException {

    SpoolUnusable(String message) {
        super(message);
    }

    SpoolUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
