package io.weir.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void aTemporaryFolderGoesWithEverythingInIt() throws IOException {
        // Given
        DataFolder data = DataFolder.open(null);
        Files.writeString(data.log("broker"), "words");

        // When
        data.close();

        // Then
        assertThat(data.root()).doesNotExist();
    }

    @Test
    void aChosenFolderStaysAndCanBeOpenedAgain() throws IOException {
        // Given
        try (DataFolder first = DataFolder.open(folder.resolve("new/one"))) {
            Files.writeString(first.folder("broker").resolve("kept"), "words");
        }

        // When
        try (DataFolder second = DataFolder.open(folder.resolve("new/one"))) {
            // Then
            assertThat(second.folder("broker").resolve("kept")).hasContent("words");
        }
    }

    @Test
    void aFolderThatWasUsedIsNotTakenForANewRun() {
        // Given
        DataFolder.open(folder).close();

        // Then
        assertThatThrownBy(() -> DataFolder.openNew(folder))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(folder.toString(), "--data");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        // Then
        assertThatThrownBy(() -> DataFolder.open(file.resolve("below")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.resolve("below").toString());
    }
}
