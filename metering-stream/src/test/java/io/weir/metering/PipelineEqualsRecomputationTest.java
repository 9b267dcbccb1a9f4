package io.weir.metering;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.recomputation.Outcome;
import io.weir.metering.recomputation.RandomScenario;
import io.weir.metering.recomputation.Recomputation;
import io.weir.metering.recomputation.Scenario;
import io.weir.usage.RejectedUsage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The heart of the suite: whatever arrives, the line bills what the slow, obvious recomputation does. */
class PipelineEqualsRecomputationTest {

    private static final String CORRECTED_TO_NOTHING = "(?m)^.*,0,0\\.00,(CNY|USD)\n";

    @TempDir
    private Path state;

    /** {@code -Dweir.seeds=FIRST-LAST} names others. */
    static LongStream seeds() {
        String[] range = System.getProperty("weir.seeds", "1-100").split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
    }

    static LongStream fewSeeds() {
        return seeds().limit(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void billsWhatTheRecomputationDoes(long seed) {
        // Given
        Scenario scenario = RandomScenario.of(seed);
        Recomputation expected = Recomputation.of(scenario, 1);

        try (MeteringDriver line = new MeteringDriver(state)) {
            // When
            int addedHeartbeats = ScenarioFeed.feed(scenario, line);

            // Then
            List<BillLine> lines = line.lines();
            assertThat(line.rejected().stream().map(RejectedUsage::getReason).map(Enum::name))
                    .isEqualTo(reasons(expected));
            assertCounted(line.counts(), expected, addedHeartbeats);
            assertThat(NetBill.csv(lines)).isEqualTo(expected.billCsv());
            assertThat(NetHeld.csv(line.held())).isEqualTo(expected.unpricedCsv());
            assertNumberedAndSummed(lines);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void billsTheSameWhenTermsBecomeKnownLate(long seed) {
        // Given
        Scenario scenario = RandomScenario.of(seed);
        Recomputation expected = Recomputation.of(scenario, 1);

        try (MeteringDriver line = new MeteringDriver(state)) {
            // When
            ScenarioFeed.feedWithLateTerms(scenario, line, new Random(seed));

            // Then
            List<BillLine> lines = line.lines();
            assertThat(NetBill.csv(lines).replaceAll(CORRECTED_TO_NOTHING, "")).isEqualTo(expected.billCsv());
            assertThat(NetHeld.csv(line.held())).isEqualTo(expected.unpricedCsv());
            assertNumberedAndSummed(lines);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void issuesTheSameLinesOverRestarts(long seed) {
        // Given
        Scenario scenario = RandomScenario.of(seed);

        try (MeteringDriver line = new MeteringDriver(state.resolve("line"));
                MeteringDriver restarted = new MeteringDriver(state.resolve("restarted"))) {
            // When
            ScenarioFeed.feed(scenario, line);
            ScenarioFeed.feedWithRestarts(scenario, restarted, new Random(seed));

            // Then
            assertThat(restarted.lines()).containsExactlyInAnyOrderElementsOf(line.lines());
            assertThat(restarted.held()).containsExactlyInAnyOrderElementsOf(line.held());
        }
    }

    private static List<String> reasons(Recomputation expected) {
        return expected.outcomes().stream()
                .map(Outcome::reason)
                .filter(reason -> !reason.isEmpty())
                .toList();
    }

    private static void assertCounted(OutcomeCounts counts, Recomputation expected, int addedHeartbeats) {
        for (io.weir.metering.intake.Outcome outcome : io.weir.metering.intake.Outcome.values()) {
            long added = outcome == io.weir.metering.intake.Outcome.HEARTBEAT ? addedHeartbeats : 0;
            assertThat(counts.of(outcome)).as("%s", outcome).isEqualTo(count(expected, outcome.name()) + added);
        }
    }

    private static long count(Recomputation expected, String outcome) {
        return expected.outcomes().stream()
                .filter(each -> each.name().equals(outcome))
                .count();
    }

    private static List<Object> group(BillLine line) {
        return Arrays.asList(
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays());
    }

    /** Revisions count from 0 without gap, and each line says what its group comes to with it. */
    private static void assertNumberedAndSummed(List<BillLine> lines) {
        lines.stream()
                .collect(groupingBy(PipelineEqualsRecomputationTest::group))
                .values()
                .forEach(PipelineEqualsRecomputationTest::assertGroupNumberedAndSummed);
    }

    private static void assertGroupNumberedAndSummed(List<BillLine> lines) {
        BigDecimal quantity = BigDecimal.ZERO;
        BigDecimal amount = BigDecimal.ZERO;
        for (int revision = 0; revision < lines.size(); revision++) {
            BillLine line = lines.get(revision);
            quantity = quantity.add(new BigDecimal(line.getQuantity()));
            amount = amount.add(new BigDecimal(line.getAmount()));
            assertThat(line.getRevision()).isEqualTo(revision);
            assertThat(new BigDecimal(line.getNetQuantity())).isEqualByComparingTo(quantity);
            assertThat(new BigDecimal(line.getNetAmount())).isEqualByComparingTo(amount);
        }
    }
}
