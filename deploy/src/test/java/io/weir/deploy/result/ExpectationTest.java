package io.weir.deploy.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationTest {

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void theSameBytesMeetIt() throws IOException {
        // Given
        write("expected/bill.csv", "day\n2026-03-02\n");
        write("written/bill.csv", "day\n2026-03-02\n");

        // Then
        assertThat(isMet()).isTrue();
        assertThat(said).singleElement().asString().contains("bill.csv is as expected");
    }

    @Test
    void otherRowsAreShown() throws IOException {
        // Given
        write("expected/bill.csv", "day,amount\n2026-03-02,1.00\n");
        write("written/bill.csv", "day,amount\n2026-03-02,1.01\n");

        // Then
        assertThat(isMet()).isFalse();
        assertThat(said)
                .singleElement()
                .asString()
                .contains("only in expected: 2026-03-02,1.00", "only in written: 2026-03-02,1.01");
    }

    @Test
    void aMissingLineEndIsADifference() throws IOException {
        // Given
        write("expected/outcomes.csv", "outcome\n");
        write("written/outcomes.csv", "outcome");

        // Then
        assertThat(isMet()).isFalse();
    }

    @Test
    void aFileThatIsNotExpectedIsNotCompared() throws IOException {
        // Given
        write("expected/unpriced.csv", "day\n");
        write("written/lines.csv", "line_id\n");

        // Then
        assertThat(isMet()).isTrue();
        assertThat(said).isEmpty();
    }

    private boolean isMet() {
        return new Expectation(folder.resolve("expected"), folder.resolve("written")).isMet(said::add);
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
