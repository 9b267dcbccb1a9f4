package io.weir.metering;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.metering.intake.Outcome;
import io.weir.metering.recomputation.RandomScenario;
import io.weir.usage.MeteredUsage;
import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A line that loses its state and is rebuilt from the topics comes to what it would have come to (rules.md §7). */
class RebuiltStreamTest {

    private static final String CORRECTED_TO_NOTHING = "(?m)^.*,0,0\\.00,(CNY|USD)\n";

    @TempDir
    private Path state;

    /** {@code -Dweir.seeds=FIRST-LAST} names others. */
    static LongStream seeds() {
        String[] range = System.getProperty("weir.seeds", "1-100").split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesToTheSameAsIfNothingHadHappened(long seed) {
        // Given
        Random chance = new Random(seed);
        History undisturbed = History.of(RandomScenario.of(seed), new Random(seed));
        History lost = History.of(RandomScenario.of(seed), new Random(seed));
        int loss = chance.nextInt(lost.size() + 1);

        try (MeteringDriver line = new MeteringDriver(state.resolve("undisturbed"));
                MeteringDriver rebuilt = new MeteringDriver(state.resolve("lost"))) {
            undisturbed.happen(0, undisturbed.size(), line);
            lost.happen(0, loss, rebuilt);

            // When
            lost.rebuild(loss, rebuilt, state.resolve("rebuilt"));
            lost.readAgain(loss, rebuilt, chance);
            rebuilt.doWhatIsDue();
            lost.happen(loss, lost.size(), rebuilt);

            // Then
            assertThat(net(lost.lines)).isEqualTo(net(undisturbed.lines));
            assertThat(NetHeld.csv(lost.held)).isEqualTo(NetHeld.csv(undisturbed.held));
            assertThat(counts(rebuilt)).isEqualTo(counts(line));
            assertThat(positions(lost.rejected)).isEqualTo(positions(undisturbed.rejected));
            assertThat(lastMetered(lost.metered)).isEqualTo(lastMetered(undisturbed.metered));
            assertNumberedWithoutGap(lost.lines);
        }
    }

    private static String net(List<BillLine> lines) {
        return NetBill.csv(lines).replaceAll(CORRECTED_TO_NOTHING, "");
    }

    private static List<String> positions(List<RejectedUsage> rejected) {
        return rejected.stream()
                .map(record -> record.getOffset() + " " + record.getReason())
                .toList();
    }

    private static List<Long> counts(MeteringDriver line) {
        return LongStream.concat(
                        Arrays.stream(Outcome.values()).mapToLong(line.counts()::of),
                        Arrays.stream(Reason.values()).mapToLong(line.counts()::of))
                .boxed()
                .toList();
    }

    private static Map<List<Object>, Object> lastMetered(List<MeteredUsage> metered) {
        return metered.stream()
                .collect(toMap(
                        each -> List.of(each.getWorkspaceId(), each.getWindowStart(), each.getResource()),
                        each -> List.of(each.getEvents(), each.getMeters()),
                        (earlier, later) -> later));
    }

    private static void assertNumberedWithoutGap(List<BillLine> lines) {
        lines.stream()
                .collect(groupingBy(RebuiltStreamTest::lineKey))
                .forEach((key, revisions) -> assertThat(revisions.stream().map(BillLine::getRevision))
                        .as("revisions of %s", key)
                        .containsExactlyElementsOf(
                                IntStream.range(0, revisions.size()).boxed().toList()));
    }

    private static List<Object> lineKey(BillLine line) {
        return Arrays.asList(
                line.getDay(),
                line.getAccountId(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays());
    }
}
