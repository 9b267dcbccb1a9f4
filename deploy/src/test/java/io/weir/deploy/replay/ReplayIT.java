package io.weir.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole line on its real parts: broker, registry, database and both applications. */
class ReplayIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");

    @TempDir
    Path folder;

    @Test
    void tinyGivesItsBillByteForByteAndTheSameLinesAfterACrash() {
        // When
        Path smooth = replay("smooth");
        Path crashed = replay("crashed", "--kill-after", "100");

        // Then
        for (Path out : List.of(smooth, crashed)) {
            assertThat(out.resolve("bill.csv")).hasSameBinaryContentAs(TINY.resolve("expected/bill.csv"));
            assertThat(out.resolve("outcomes.csv")).hasSameBinaryContentAs(TINY.resolve("expected/outcomes.csv"));
        }
        assertThat(crashed.resolve("lines.csv")).hasSameBinaryContentAs(smooth.resolve("lines.csv"));
    }

    private Path replay(String name, String... options) {
        Path out = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(TINY.toString(), out.toString()));
        assertThat(new CommandLine(new Replay()).execute(arguments.toArray(String[]::new)))
                .isZero();
        return out;
    }
}
