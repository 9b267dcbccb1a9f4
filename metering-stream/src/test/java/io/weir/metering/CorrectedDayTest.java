package io.weir.metering;

import static io.weir.metering.SmallWorld.ACCOUNT;
import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.DAY;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static io.weir.metering.SmallWorld.MIDNIGHT;
import static io.weir.metering.SmallWorld.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes a closed day later becomes a correction at the next full hour, never an update (rules.md §7). */
class CorrectedDayTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NEXT_HOUR = CLOSE.plus(HOUR);
    /** 35 × 24 h and the grace after the day's end. */
    private static final Instant FORGET = Instant.parse("2026-04-07T01:00:00Z");

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void aClosedDay() {
        world = new SmallWorld(state);
        world.price(14, "1.5", LONG_AGO_DAY);
        world.use(2000, TEN);
        world.line.tick(CLOSE);
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void lateUsageIsCorrectedAtTheNextFullHourAndNotBefore() {
        // Given
        world.use(1000, TEN, CLOSE.plusSeconds(600));
        world.use(1000, TEN, CLOSE.plusSeconds(1200));

        // When
        world.line.tick(NEXT_HOUR.minusMillis(1));

        // Then
        assertThat(world.lines()).isEmpty();

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: 2000 for 3.00, net 4000 for 6.00");
    }

    @Test
    void lateUsageOfADayWithoutLinesStartsWithRevision0() {
        // Given
        world.use(1000, TEN.minus(Duration.ofDays(30)), CLOSE);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-01-31 acct_1 14 revision 0: 1000 for 1.50, net 1000 for 1.50");
    }

    @Test
    void lateUsageThatCostsNothingMoreIsStillCorrected() {
        // Given
        world.use(1, TEN, CLOSE);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: 1 for 0.00, net 2001 for 3.00");
    }

    @Test
    void aBackDatedBindingMovesTheDayFromOneAccountToTheOther() {
        // Given
        world.account("acct_2");
        world.bind("acct_2", MIDNIGHT);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly(
                        "CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -3.00, net 0 for 0.00",
                        "CORRECTION 2026-03-02 acct_2 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
    }

    @Test
    void aBackDatedEndOfABindingTakesTheDayBack() {
        // Given
        world.bind(null, MIDNIGHT);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.line.lines()).singleElement().satisfies(line -> {
            assertThat(SmallWorld.said(line))
                    .isEqualTo("CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -3.00, net 0 for 0.00");
            assertThat(line.getPrice()).isNull();
            assertThat(line.getMeters()).isEmpty();
        });
    }

    @Test
    void aBackDatedPriceIsCorrected() {
        // Given
        world.price(14, "1.2", DAY);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: 0 for -0.60, net 2000 for 2.40");
    }

    @Test
    void aBackDatedRetentionMovesTheDayToAnotherGroup() {
        // Given
        world.price(7, "1.0", LONG_AGO_DAY);
        world.retain(7, MIDNIGHT);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly(
                        "CORRECTION 2026-03-02 acct_1 7 revision 0: 2000 for 2.00, net 2000 for 2.00",
                        "CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -3.00, net 0 for 0.00");
    }

    @Test
    void aBackDatedCatalogueIsCorrected() {
        // Given
        world.divideLogsBy(10, DAY);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: -1800 for -2.70, net 200 for 0.30");
    }

    @Test
    void aChangeForLaterDaysCorrectsNothing() {
        // Given
        world.account("acct_2");
        world.bind("acct_2", CLOSE);
        world.price(14, "9", DAY.plusDays(1));

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines()).isEmpty();
    }

    @Test
    void aChangeOfAnOpenDayIsInItsFirstLine() {
        // Given
        world.use(1000, CLOSE);
        world.account("acct_2");
        world.bind("acct_2", CLOSE);

        // When
        world.line.tick(CLOSE.plus(Duration.ofDays(1)));

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-03 acct_2 14 revision 0: 1000 for 1.50, net 1000 for 1.50");
    }

    @Test
    void whatWasMovedAndMovedBackCostsWhatItDid() {
        // Given
        world.account("acct_2");
        world.bind("acct_2", MIDNIGHT);
        world.line.tick(NEXT_HOUR);
        world.lines();
        world.bind(ACCOUNT, MIDNIGHT);

        // When
        world.line.tick(NEXT_HOUR.plus(HOUR));

        // Then
        assertThat(world.lines())
                .containsExactly(
                        "CORRECTION 2026-03-02 acct_1 14 revision 2: 2000 for 3.00, net 2000 for 3.00",
                        "CORRECTION 2026-03-02 acct_2 14 revision 1: -2000 for -3.00, net 0 for 0.00");
    }

    @Test
    void aDayIsCorrectedOnceMoreInTheHourInWhichItIsForgotten() {
        // Given
        world.line.tick(FORGET.minusSeconds(1));
        world.bind(null, MIDNIGHT);

        // When
        world.line.tick(FORGET);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -3.00, net 0 for 0.00");
    }

    @Test
    void aDayThatIsForgottenIsNotCorrected() {
        // Given
        world.line.tick(FORGET);
        world.bind(null, MIDNIGHT);

        // When
        world.line.tick(FORGET.plus(HOUR));

        // Then
        assertThat(world.lines()).isEmpty();
    }
}
