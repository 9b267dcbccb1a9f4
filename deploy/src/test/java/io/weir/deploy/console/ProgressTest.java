package io.weir.deploy.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void aLogFileGetsWholeLinesAndNoFloodOfCounts() {
        // Given
        Progress progress = new Progress(new PrintStream(shown, true, UTF_8), false);

        // When
        progress.say("begins");
        progress.count(() -> "1");
        progress.count(() -> "2");
        progress.say("ends");

        // Then
        assertThat(shown.toString(UTF_8)).isEqualTo("begins%nends%n".formatted());
    }
}
