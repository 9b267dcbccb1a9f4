package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the compiler does not see of the sources. */
class TidyTest {

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void everyPackageSaysWhatItIsAndThatNothingIsNull(Path sources) throws IOException {
        for (Path folder : foldersWithClasses(sources)) {
            assertThat(folder.resolve("package-info.java"))
                    .content()
                    .contains("/**")
                    .contains("@NullMarked");
        }
    }

    private static Set<Path> foldersWithClasses(Path sources) throws IOException {
        return classes(sources).stream().map(Path::getParent).collect(Collectors.toSet());
    }

    /** A store that is built elsewhere might be cached or not logged, and no other test would see it. */
    @Test
    void storesAreBuiltInThreePlaces() throws IOException {
        assertThat(classes(Path.of("src/main/java")))
                .filteredOn(file -> read(file).contains("Stores.keyValueStoreBuilder("))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("CommitHook.java", "ControlLog.java", "MeteringTopology.java");
    }

    private static List<Path> classes(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
