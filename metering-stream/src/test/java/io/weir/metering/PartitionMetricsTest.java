package io.weir.metering;

import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.DAY;
import static io.weir.metering.SmallWorld.MIDNIGHT;
import static io.weir.metering.SmallWorld.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of partition 0, which is here, and of partition 1, which another instance has. */
class PartitionMetricsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void begin() {
        world = new SmallWorld(state);
        world.price(14, "1.5", DAY);
        new PartitionMetrics(metrics.getPrometheusRegistry(), world.line.reports(), partition -> OptionalLong.of(7L), 2)
                .bind();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void ofAPartitionOfAnotherInstanceGaugesAreNaNAndCountersAreNotThere() {
        // When
        world.use(2000, TEN);

        // Then
        assertThat(metrics.scrape())
                .contains(
                        "weir_usage_lag_records{partition=\"0\"} 7.0\n",
                        "weir_usage_lag_records{partition=\"1\"} NaN\n",
                        "weir_partition_clock_seconds{partition=\"1\"} NaN\n",
                        "weir_usage_missing_numbers{partition=\"1\"} NaN\n",
                        "weir_held_days{partition=\"1\"} NaN\n",
                        "weir_open_days{partition=\"1\"} NaN\n",
                        "weir_due_days{partition=\"1\"} NaN\n")
                .contains(
                        "weir_usage_records_total{outcome=\"ACCEPTED\",partition=\"0\",reason=\"\"} 1.0\n",
                        "weir_control_changes_too_late_total{partition=\"0\"} 0.0\n")
                .doesNotContain("_total{outcome=\"ACCEPTED\",partition=\"1\"", "_total{partition=\"1\"");
    }

    @Test
    void theClockIsUnknownUntilARecordIsReadAndThenMovesWithHeartbeats() {
        // When / Then
        assertThat(metrics.scrape()).contains("weir_partition_clock_seconds{partition=\"0\"} NaN\n");

        // When
        world.use(2000, TEN);
        world.line.tick(TEN.plusSeconds(5));

        // Then
        shows(
                "weir_partition_clock_seconds{partition=\"0\"}",
                TEN.plusSeconds(5).getEpochSecond());
    }

    @Test
    void aDayIsOpenUntilItCloses() {
        // When
        world.use(2000, TEN);

        // Then
        shows("weir_open_days{partition=\"0\"}", 1);
        shows(
                "weir_oldest_open_day_seconds{partition=\"0\"}",
                MIDNIGHT.plus(Duration.ofDays(1)).getEpochSecond());

        // When
        world.line.tick(CLOSE);

        // Then
        shows("weir_open_days{partition=\"0\"}", 0);
        assertThat(metrics.scrape()).contains("weir_oldest_open_day_seconds{partition=\"0\"} NaN\n");
    }

    @Test
    void aCloseIsDueFromItsInstantOnUntilItIsDone() {
        // Given
        world.use(2000, TEN);
        assertThat(metrics.scrape())
                .contains("weir_due_days{partition=\"0\"} 0.0\n", "weir_oldest_due_seconds{partition=\"0\"} NaN\n");

        // When
        heartbeat(CLOSE.plus(HOUR));

        // Then
        shows("weir_due_days{partition=\"0\"}", 1);
        shows("weir_oldest_due_seconds{partition=\"0\"}", CLOSE.getEpochSecond());

        // When
        world.line.doWhatIsDue();
        heartbeat(CLOSE.plus(HOUR));

        // Then
        shows("weir_due_days{partition=\"0\"}", 0);
        assertThat(metrics.scrape()).contains("weir_oldest_due_seconds{partition=\"0\"} NaN\n");
    }

    @Test
    void linesAreCountedByWhetherTheyCorrect() {
        // Given
        world.use(2000, TEN);
        world.line.tick(CLOSE);

        // When
        world.use(500, TEN, CLOSE.plus(HOUR));
        world.line.tick(CLOSE.plus(HOUR.multipliedBy(2)));

        // Then
        shows("weir_bill_lines_total{kind=\"first\",partition=\"0\"}", 1);
        shows("weir_bill_lines_total{kind=\"correction\",partition=\"0\"}", 1);
    }

    @Test
    void aRestartKeepsTheCountsOfRecordsAndWhatIsOpen() {
        // Given
        world.use(2000, TEN);

        // When
        world.line.restart();

        // Then
        shows("weir_usage_records_total{outcome=\"ACCEPTED\",partition=\"0\",reason=\"\"}", 1);
        shows("weir_open_days{partition=\"0\"}", 1);
        shows("weir_bill_lines_total{kind=\"first\",partition=\"0\"}", 0);
    }

    @Test
    void aTaskThatLeavesTakesItsCountersAlong() {
        // Given
        world.use(2000, TEN);

        // When
        world.close();
        world = new SmallWorld(state.resolve("another")); // which tells somebody else

        // Then
        assertThat(metrics.scrape())
                .contains("weir_partition_clock_seconds{partition=\"0\"} NaN\n")
                .contains("weir_open_days{partition=\"0\"} NaN\n")
                .doesNotContain("weir_usage_records_total{", "weir_bill_lines_total{");
    }

    /** The clock moves, and what falls due waits for the timer. */
    private void heartbeat(Instant ingest) {
        world.line.arrive(ingest, null, (byte[]) null);
    }

    /** Large numbers are told with an exponent, so it is the numbers that are compared. */
    private void shows(String series, long value) {
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith(series + " ")))
                .singleElement()
                .satisfies(line -> assertThat(Double.parseDouble(line.substring(series.length())))
                        .isEqualTo((double) value));
    }
}
