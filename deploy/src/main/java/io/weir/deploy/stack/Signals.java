package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.io.IOException;

/** Signals that Java itself cannot send, by the program {@code kill} that every Linux has. */
final class Signals {

    private Signals() {}

    /**
     * Sends a signal to a process of this user.
     *
     * @param signal its name without SIG, such as {@code STOP}
     */
    static void send(String signal, long pid) {
        try {
            int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new Failure("SIG%s cannot be sent to process %d".formatted(signal, pid));
            }
        } catch (IOException refused) {
            throw new Failure("There is no program kill, which sends SIG" + signal + ": " + refused, refused);
        } catch (InterruptedException stop) {
            throw Pause.interrupted(stop);
        }
    }
}
