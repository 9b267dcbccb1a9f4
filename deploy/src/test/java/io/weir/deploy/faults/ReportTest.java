package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Fault KILL =
            new Fault(Part.METERING, 0, Blow.KILL, Phase.WRITING, 320, Duration.ZERO, Duration.ZERO);
    private static final Fault FREEZE =
            new Fault(Part.FEE_CENTER, 0, Blow.FREEZE, Phase.CLOSING, 1000, Duration.ZERO, Duration.ZERO);

    @TempDir
    Path folder;

    private final RunReport right = run(7, List.of());
    private final RunReport wrong = run(8, List.of("bill: missing a", "b", "c", "d", "e", "the sixth"));

    @Test
    void aFaultIsSaidWithItsMomentAndItsRecovery() {
        assertThat(right.recoveries())
                .extracting(Recovery::inWords)
                .containsExactly(
                        "metering stream killed while usage is written (32 %): back after 4.2 s",
                        "fee center frozen while days close, when all was done: back after 1.5 s");
    }

    @Test
    void aRunThatDiffersShowsTheFirstFiveDifferences() {
        assertThat(Report.inWords(right)).isEqualTo("  20,000 records, 2,280 lines, 0 differences, 41 s");
        assertThat(Report.inWords(wrong))
                .startsWith("  20,000 records, 2,280 lines, 6 differences, 41 s\n  DIFFERS in bill: missing a\n")
                .endsWith("DIFFERS in e");
    }

    @Test
    void theTotalSumsAllRuns() {
        assertThat(new Report(List.of(right, wrong)).total())
                .isEqualTo("2 runs, 4 faults, 40,000 events, 4,560 lines compared, 6 differences,"
                        + " worst recovery 4.2 s");
    }

    @Test
    void theTableHasARowForEachRun() {
        // When
        new Report(List.of(right)).write(folder);

        // Then
        assertThat(folder.resolve("faults.csv"))
                .content()
                .isEqualTo("seed,partitions,instances,faults,records,lines,worst_recovery_seconds,differences,seconds\n"
                        + "7,4,2,\"metering stream killed while usage is written (32 %): back after 4.2 s;"
                        + " fee center frozen while days close, when all was done: back after 1.5 s\","
                        + "20000,2280,4.2,0,41\n");
        assertThat(folder.resolve("faults.md"))
                .content()
                .contains("1 runs, 2 faults", "| 7 | 4 | 2 | metering stream killed");
    }

    private static RunReport run(long seed, List<String> differences) {
        return new RunReport(
                new Schedule(seed, 4, 2, List.of(KILL, FREEZE)),
                20_000,
                2_280,
                List.of(
                        new Recovery(KILL, true, Duration.ofMillis(4_200)),
                        new Recovery(FREEZE, false, Duration.ofMillis(1_500))),
                differences,
                Duration.ofSeconds(41));
    }
}
