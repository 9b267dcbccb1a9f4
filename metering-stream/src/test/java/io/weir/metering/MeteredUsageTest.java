package io.weir.metering;

import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the line says hour by hour: totals of windows, and how far it is (rules.md §7). */
class MeteredUsageTest {

    private static final Instant ELEVEN = TEN.plus(Duration.ofHours(1));
    private static final Instant NOON = TEN.plus(Duration.ofHours(2));

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void begin() {
        world = new SmallWorld(state);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void theTotalsOfAWindowAreIssuedWhenItHasEndedAndNotBefore() {
        // Given
        world.use(2000, TEN);
        world.use(500, ELEVEN.minusMillis(1));

        // When
        world.line.tick(ELEVEN.minusMillis(1));

        // Then
        assertThat(metered()).isEmpty();

        // When
        world.line.tick(ELEVEN);

        // Then
        assertThat(metered()).containsExactly("2026-03-02T10:00:00Z to 2026-03-02T11:00:00Z: 2 events, 2500");
    }

    @Test
    void totalsThatChangeAreIssuedAgainWholeAtTheNextFullHour() {
        // Given
        world.use(2000, TEN);
        world.line.tick(ELEVEN);
        world.line.metered();
        world.use(500, TEN, ELEVEN);

        // When
        world.line.tick(NOON.minusMillis(1));

        // Then
        assertThat(metered()).isEmpty();

        // When
        world.line.tick(NOON);

        // Then
        assertThat(metered()).containsExactly("2026-03-02T10:00:00Z to 2026-03-02T11:00:00Z: 2 events, 2500");
    }

    @Test
    void totalsThatDoNotChangeAreIssuedOnce() {
        // Given
        world.use(2000, TEN);
        world.line.tick(ELEVEN);
        world.line.metered();

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(metered()).isEmpty();
    }

    @Test
    void theTotalsOfAWindowThatEndsBetweenTwoFullHoursAreIssuedAtTheNext() {
        // Given
        world.line.record(new SiteChange("in1", "Asia/Kolkata", PriceGroup.CN, "AWS"));
        world.line.record(new WorkspaceChange("wksp_in", "in1"));
        world.use("wksp_in", 2000, TEN, TEN);

        // When
        world.line.tick(Instant.parse("2026-03-02T10:30:00Z"));

        // Then
        assertThat(metered()).isEmpty();

        // When
        world.line.tick(ELEVEN);

        // Then
        assertThat(metered()).containsExactly("2026-03-02T09:30:00Z to 2026-03-02T10:30:00Z: 1 events, 2000");
    }

    @Test
    void progressSaysTheClockAndThatDaysThatEndedBeforeItsGraceAreIssued() {
        // Given
        world.use(2000, TEN);
        world.line.progress();

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.line.progress())
                .last()
                .isEqualTo(new MeteringProgress(0, 1, CLOSE, CLOSE.minus(MeteringDriver.GRACE)));
    }

    private List<String> metered() {
        return world.line.metered().stream().map(MeteredUsageTest::said).toList();
    }

    private static String said(MeteredUsage usage) {
        return "%s to %s: %s events, %s"
                .formatted(
                        usage.getWindowStart(),
                        usage.getWindowEnd(),
                        usage.getEvents(),
                        usage.getMeters().get(0).getTotal());
    }
}
