package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.console.Progress;
import io.weir.deploy.result.Reading;
import io.weir.deploy.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real parts that are really killed; and that it would be seen if a line came twice. */
class FaultsIT {

    private static final Path TINY = Path.of("src/test/resources/scenarios/tiny");

    private static final int MOST_RUNS = 5;

    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();

    @Test
    void theBillIsTheSameAfterKillsOfStreamSinkAndBroker() {
        // Given
        List<Fault> kills = List.of(
                kill(Part.METERING, Phase.WRITING),
                kill(Part.FEE_CENTER, Phase.POSTING),
                kill(Part.BROKER, Phase.CLOSING));

        // When
        RunReport report = run(new Schedule(1, 4, 2, kills), IsolationLevel.READ_COMMITTED);

        // Then
        assertThat(differences).isEmpty();
        assertThat(report.recoveries()).extracting(Recovery::fault).isEqualTo(kills);
        assertThat(folder.resolve("bill.csv")).hasSameBinaryContentAs(TINY.resolve("expected/bill.csv"));
        assertThat(folder.resolve("outcomes.csv")).hasSameBinaryContentAs(TINY.resolve("expected/outcomes.csv"));
    }

    /** A kill that comes when the commit is decided already leaves nothing uncommitted behind: then another run is tried. */
    @Test
    void whoReadsUncommittedLinesIsFoundOut() {
        for (int seed = 1; seed <= MOST_RUNS && differences.isEmpty(); seed++) {
            // When
            RunReport report = run(Schedule.killWhileLinesAreUncommitted(seed, 1), IsolationLevel.READ_UNCOMMITTED);

            // Then
            assertThat(report.recoveries()).extracting(Recovery::interrupted).containsExactly(true);
        }
        assertThat(differences).anySatisfy(difference -> assertThat(difference).startsWith("revisions: "));
    }

    private static Fault kill(Part part, Phase phase) {
        return new Fault(part, 0, Blow.KILL, phase, phase == Phase.WRITING ? 500 : 1000, Duration.ZERO, Duration.ZERO);
    }

    private RunReport run(Schedule schedule, IsolationLevel isolation) {
        return new DisturbedRun(Scenario.open(TINY), schedule, isolation, Progress.onStandardError())
                .compare(this::read);
    }

    private List<String> read(Reading reading) {
        reading.result().write(folder);
        differences.addAll(LineChains.faultsOf(reading.lines().lines()));
        differences.addAll(Comparison.disagreement(reading));
        return List.of();
    }
}
