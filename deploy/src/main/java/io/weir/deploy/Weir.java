package io.weir.deploy;

import io.weir.deploy.stack.*;
import java.nio.file.*;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one subcommand per thing that can be done with the whole system. */
@Command(
        name = "weir",
        description = "Weir: usage metering and billing, the whole system on this machine.",
        mixinStandardHelpOptions = true)
public final class Weir implements Callable<Integer> {
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Weir()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        long t = System.nanoTime();
        try (Stack s = Stack.start(DataFolder.open(Path.of("/tmp/weirdata")), 3)) {
            System.err.println("up " + s.data().root() + (System.nanoTime() - t) / 1e9);
            Thread.sleep(5000);
        }
        return 0;
    }
}
