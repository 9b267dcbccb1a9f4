package io.weir.deploy.security;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;

/** Kafka's own command-line programs, run within this process. */
final class KafkaTool {

    private KafkaTool() {}

    /** Runs the main method of a program, such as {@code AclCommand::main}, and requires that it does not complain. */
    static void run(Consumer<String[]> main, List<String> arguments, String bootstrapServers) {
        List<String> all = new ArrayList<>(List.of("--bootstrap-server", bootstrapServers));
        all.addAll(arguments);
        AtomicInteger status = new AtomicInteger();
        Exit.setExitProcedure((code, message) -> status.set(code));
        try {
            main.accept(all.toArray(String[]::new));
        } finally {
            Exit.resetExitProcedure();
        }
        if (status.get() != 0) {
            throw new AssertionError("status %d from %s".formatted(status.get(), all));
        }
    }
}
