package io.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WeirTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine weir =
            Weir.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quickstart",
                "replay",
                "faults",
                "generate",
                "measure-close",
                "apply",
                "status",
                "bill",
                "lines",
                "held",
                "send",
                "rejected",
                "audit",
                "compare",
                "rebuild"
            })
    void everyCommandHelps(String command) {
        assertThat(weir.execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: weir " + command);
    }

    @Test
    void withoutACommandAllAreNamed() {
        assertThat(weir.execute()).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "quickstart",
                        "replay",
                        "faults",
                        "generate",
                        "measure-close",
                        "apply",
                        "status",
                        "bill",
                        "lines",
                        "held",
                        "send",
                        "rejected",
                        "audit",
                        "compare",
                        "compare",
                        "rebuild");
    }

    @Test
    void whatTheUserCanMendIsSaidInOneLine() {
        assertThat(weir.execute(
                        "replay", folder.toString(), folder.resolve("out").toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("weir: " + folder);
    }
}
