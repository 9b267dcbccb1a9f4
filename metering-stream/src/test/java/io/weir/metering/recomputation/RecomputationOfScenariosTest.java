package io.weir.metering.recomputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recomputation against bills that were worked out without it; {@code -Dweir.scenarios=FOLDER} names others. */
class RecomputationOfScenariosTest {

    static List<Path> folders() throws IOException, URISyntaxException {
        URL resource = RecomputationOfScenariosTest.class.getResource("/scenarios");
        String bundled = Path.of(Objects.requireNonNull(resource).toURI()).toString();
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("weir.scenarios", bundled)))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void equalsTheExpectedFilesByteForByte(Path path) throws IOException {
        // Given
        ScenarioFolder folder = new ScenarioFolder(path);

        for (int partitions : List.of(1, 3, 8)) {
            // When
            Recomputation recomputation = Recomputation.of(folder.read(), partitions);

            // Then
            assertThat(recomputation.outcomesCsv()).isEqualTo(folder.expected("outcomes.csv"));
            assertThat(recomputation.billCsv()).isEqualTo(folder.expected("bill.csv"));
            assertThat(recomputation.unpricedCsv()).isEqualTo(folder.expected("unpriced.csv"));
        }
    }
}
