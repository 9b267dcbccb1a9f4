package io.weir.metering;

import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.DAY;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static io.weir.metering.SmallWorld.MIDNIGHT;
import static io.weir.metering.SmallWorld.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a day is kept, and that nothing of it is left then (rules.md §2). */
class ForgottenDayTest {

    private static final Duration HOUR = Duration.ofHours(1);
    /** 35 × 24 h and the grace after the day's end. */
    private static final Instant FORGET = Instant.parse("2026-04-07T01:00:00Z");
    /** The end of the day and 35 × 24 h: until then usage of its last millisecond is accepted. */
    private static final Instant TOO_OLD = Instant.parse("2026-04-07T00:00:00Z");

    private static final Instant LAST_OF_THE_DAY = Instant.parse("2026-03-02T23:59:59.999Z");

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void begin() {
        world = new SmallWorld(state);
        world.price(14, "1", LONG_AGO_DAY);
        world.use(2000, TEN);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aDayIsKeptToTheMillisecondAndThenNothingIsLeft() {
        // When
        world.line.tick(FORGET.minusMillis(1));

        // Then
        assertThat(Stream.of("window-totals", "agenda", "billed")).allMatch(store -> world.line.entries(store) > 0);

        // When
        world.line.tick(FORGET);

        // Then
        assertNothingIsLeft();
    }

    @Test
    void usageThatIsAlmostTooOldIsStillCorrectedBeforeItsDayIsForgotten() {
        // Given
        world.line.tick(CLOSE);
        world.lines();
        world.use(1000, LAST_OF_THE_DAY, TOO_OLD.minusMillis(1)); // 35 × 24 h old
        world.use(5000, LAST_OF_THE_DAY, TOO_OLD); // and 1 ms: refused

        // When
        world.line.tick(FORGET);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: 1000 for 1.00, net 3000 for 3.00");
        assertNothingIsLeft();
    }

    @Test
    void aDayThatClosesAndIsForgottenAtOneRecordHasItsLine() {
        // When
        world.line.tick(FORGET);

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 2000 for 2.00, net 2000 for 2.00");
        assertNothingIsLeft();
    }

    @Test
    void aHeartbeatAfterYearsOfSilenceClosesOnceCorrectsAndForgets() {
        // Given
        world.line.tick(CLOSE);
        world.use(1000, TEN, CLOSE); // its correction is due an hour later
        world.use(500, CLOSE, CLOSE); // of a day that is still open
        world.lines();

        // When
        world.line.tick(CLOSE.plus(Duration.ofDays(3 * 365)));

        // Then
        assertThat(world.lines())
                .containsExactlyInAnyOrder(
                        "CORRECTION 2026-03-02 acct_1 14 revision 1: 1000 for 1.00, net 3000 for 3.00",
                        "CLOSE 2026-03-03 acct_1 14 revision 0: 500 for 0.50, net 500 for 0.50");
        assertNothingIsLeft();
    }

    @Test
    void aChangeThatComesWithTheRecordThatForgetsIsTakenInFirst() {
        // Given
        world.line.tick(CLOSE);
        world.lines();
        world.bind(null, MIDNIGHT);

        // When
        world.line.tick(FORGET.plus(Duration.ofDays(365)));

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -2.00, net 0 for 0.00");
        assertNothingIsLeft();
    }

    @Test
    void aDayOfWhichAPartIsHeldIsForgottenAfterItsRelease() {
        // Given
        world.withdrawPrices();
        world.line.tick(FORGET);
        assertThat(world.line.entries("billed")).isEqualTo(1);
        world.price(14, "3", LONG_AGO_DAY);

        // When
        world.line.tick(FORGET.plus(HOUR));

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 0: 2000 for 6.00, net 2000 for 6.00");
        world.line.tick(FORGET.plus(HOUR).plus(HOUR));
        assertNothingIsLeft();
    }

    @Test
    void theClockAndWhatIsDueOutliveARestart() {
        // Given
        world.line.tick(CLOSE.minusMillis(1));

        // When
        world.line.restart();
        world.use(1000, TEN, TEN); // the broker's clock stepped back
        world.line.tick(TEN);

        // Then
        assertThat(world.line.clock()).isEqualTo(CLOSE.minusMillis(1));
        assertThat(world.lines()).isEmpty();
        world.line.tick(CLOSE);
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 3000 for 3.00, net 3000 for 3.00");
    }

    @Test
    void manyDaysOfManyWorkspacesThatAreDueAtOneRecordAreAllIssuedInOrderAndForgotten() {
        // Given
        Instant now = TEN.plus(Duration.ofDays(30));
        Stream.of("wksp_3", "wksp_4", "wksp_5").forEach(world::join);
        for (int day = 1; day <= 30; day++) {
            for (int workspace = 3; workspace <= 5; workspace++) {
                world.use("wksp_" + workspace, 1000, TEN.plus(Duration.ofDays(day)), now);
            }
        }
        world.lines();

        // When
        world.line.tick(now.plus(Duration.ofDays(400)));

        // Then
        LocalDate open = DAY.plusDays(30);
        List<LocalDate> closesBeforeCorrections =
                Stream.concat(Stream.of(open), DAY.plusDays(1).datesUntil(open)).toList();
        List<BillLine> lines = world.line.lines();
        assertThat(List.of("wksp_3", "wksp_4", "wksp_5"))
                .allSatisfy(workspace -> assertThat(lines)
                        .filteredOn(line -> line.getWorkspaceId().equals(workspace))
                        .extracting(BillLine::getDay)
                        .isEqualTo(closesBeforeCorrections));
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(world.line.entries("window-totals")).isZero();
        assertThat(world.line.entries("agenda")).isZero();
        assertThat(world.line.entries("billed")).isZero();
    }
}
