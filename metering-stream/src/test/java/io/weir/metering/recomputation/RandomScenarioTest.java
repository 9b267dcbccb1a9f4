package io.weir.metering.recomputation;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What random scenarios can show: a rule that they never reach would be compared in vain. */
class RandomScenarioTest {

    @Test
    void reachesEveryOutcomeAndEveryItem() {
        // When
        List<Recomputation> recomputations = LongStream.range(0, 100)
                .mapToObj(seed -> Recomputation.of(RandomScenario.of(seed), 1))
                .toList();

        // Then
        Set<String> outcomes = recomputations.stream()
                .flatMap(each -> each.outcomes().stream())
                .map(outcome -> outcome.name() + outcome.reason())
                .collect(toSet());
        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        "HEARTBEAT",
                        "ACCEPTED",
                        "DUPLICATE",
                        "REJECTEDMALFORMED",
                        "REJECTEDBAD_FIELD",
                        "REJECTEDKEY_MISMATCH",
                        "REJECTEDUNKNOWN_WORKSPACE",
                        "REJECTEDUNKNOWN_METER",
                        "REJECTEDBAD_QUANTITY",
                        "REJECTEDFUTURE",
                        "REJECTEDTOO_OLD",
                        "REJECTEDID_REUSE");
        Set<String> items = recomputations.stream()
                .flatMap(each -> each.bill().stream())
                .map(row -> row.split(",", -1)[4])
                .collect(toSet());
        assertThat(items)
                .containsExactlyInAnyOrder("log", "trace", "timeseries", "call", "host", "peak_and_sum", "vast");
        assertThat(recomputations).anyMatch(each -> each.unpriced().stream().anyMatch(row -> row.endsWith(",")));
        assertThat(recomputations).anyMatch(each -> each.unpriced().stream().anyMatch(row -> row.endsWith(",USD")));
    }

    @Test
    void isReadFromItsFilesAsItWasWritten(@TempDir Path path) throws IOException {
        // Given
        Scenario scenario = RandomScenario.of(7);
        ScenarioFolder folder = new ScenarioFolder(path);

        // When
        folder.write(scenario);

        // Then
        assertThat(folder.read()).isEqualTo(scenario);
    }
}
