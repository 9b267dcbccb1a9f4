package io.weir.deploy.result;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Whether what was written is what the scenario says it must be, byte for byte. */
public final class Expectation {

    private final Path expected;
    private final Path written;

    /** Compares the files of two folders. */
    public Expectation(Path expected, Path written) {
        this.expected = expected;
        this.written = written;
    }

    /** Says for each file that is expected whether it is equal, and where it differs; true if all are. */
    public boolean isMet(Consumer<String> console) {
        boolean met = true;
        for (String name : List.of(Result.BILL, Result.OUTCOMES, Result.LINES)) {
            if (Files.exists(expected.resolve(name))) {
                String difference = difference(name);
                console.accept(difference.isEmpty() ? "  " + name + " is as expected, byte for byte" : difference);
                met &= difference.isEmpty();
            }
        }
        return met;
    }

    private String difference(String name) {
        try {
            long place = Files.mismatch(expected.resolve(name), written.resolve(name));
            return place < 0
                    ? ""
                    : "  " + name + " DIFFERS from what is expected:\n"
                            + Difference.between(
                                    "expected",
                                    Files.readAllLines(expected.resolve(name)),
                                    "written",
                                    Files.readAllLines(written.resolve(name)));
        } catch (IOException unreadable) {
            throw new Failure("Cannot compare " + name + ": " + unreadable, unreadable);
        }
    }
}
