package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metering.intake.Outcome;
import io.weir.metering.intake.OutcomeCounts;
import io.weir.metering.recomputation.Scenario;
import io.weir.metering.recomputation.ScenarioFolder;
import io.weir.usage.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded traffic gives the expected bill and outcomes on the line in memory. */
class ScenarioOnDriverTest {

    private static final ScenarioFolder FOLDER =
            new ScenarioFolder(Path.of(System.getProperty("weir.scenario", "src/test/resources/scenarios/tiny")));

    @Test
    void recordedTrafficGivesTheExpectedBillAndOutcomes(@TempDir Path state) throws Exception {
        // Given
        Scenario scenario = FOLDER.read();
        try (MeteringDriver line = new MeteringDriver(state)) {
            // When
            int addedHeartbeats = ScenarioFeed.feed(scenario, line);

            // Then
            assertThat(outcomes(line.counts(), addedHeartbeats)).isEqualTo(FOLDER.expected("outcomes.csv"));
            assertThat(NetBill.csv(line.lines())).isEqualTo(FOLDER.expected("bill.csv"));
        }
    }

    private static String outcomes(OutcomeCounts counts, int addedHeartbeats) {
        List<String> rows = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count = counts.of(outcome) - (outcome == Outcome.HEARTBEAT ? addedHeartbeats : 0);
            if (outcome != Outcome.REJECTED && count > 0) {
                rows.add(outcome + ",," + count);
            }
        }
        for (Reason reason : Reason.values()) {
            if (counts.of(reason) > 0) {
                rows.add("REJECTED," + reason + "," + counts.of(reason));
            }
        }
        Collections.sort(rows);
        return "outcome,reason,count\n" + String.join("\n", rows) + "\n";
    }
}
