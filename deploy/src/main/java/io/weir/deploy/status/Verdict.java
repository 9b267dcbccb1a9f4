package io.weir.deploy.status;

import java.util.ArrayList;
import java.util.List;

/** What is not well, and what is worth a look though nothing is broken; each with the command that says more. */
final class Verdict {

    private final List<String> notWell = new ArrayList<>();
    private final List<String> worthALook = new ArrayList<>();

    /** Somebody has to do something. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one library more
    void notWell(String text, Object... values) {
        notWell.add(text.formatted(values));
    }

    /** Nothing is broken, but a person should know. */
    @SuppressWarnings("AnnotateFormatMethod")
    void worthALook(String text, Object... values) {
        worthALook.add(text.formatted(values));
    }

    boolean isWell() {
        return notWell.isEmpty();
    }

    List<String> notWell() {
        return List.copyOf(notWell);
    }

    List<String> worthALook() {
        return List.copyOf(worthALook);
    }
}
