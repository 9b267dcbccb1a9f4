package io.weir.metering;

import static io.weir.metering.SmallWorld.ACCOUNT;
import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.DAY;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static io.weir.metering.SmallWorld.TEN;
import static io.weir.metering.SmallWorld.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.BindingChange;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a day closes, and what its lines say (rules.md §2, §7). */
class DayCloseTest {

    private static final Instant LAST_OF_THE_DAY = Instant.parse("2026-03-02T23:59:59.999Z");

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void begin() {
        world = new SmallWorld(state);
        world.price(14, "1.5", LONG_AGO_DAY);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aDayClosesByAHeartbeatAtItsEndAndGraceAndNotBefore() {
        // Given
        world.use(2000, TEN);

        // When
        world.line.tick(CLOSE.minusMillis(1));

        // Then
        assertThat(world.lines()).isEmpty();

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
    }

    @Test
    void aDayStaysOpenHoweverOftenTheTimerRuns() {
        // Given
        world.use(2000, TEN);

        // When
        for (int seconds = 0; seconds < 100; seconds += 5) {
            world.line.tick(TEN);
        }

        // Then
        assertThat(world.lines()).isEmpty();
    }

    @Test
    void usageThatIsLateByLessThanTheGraceIsInTheFirstLine() {
        // Given
        world.use(2000, TEN);
        world.use(1000, LAST_OF_THE_DAY, CLOSE.minusMillis(1));

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 3000 for 4.50, net 3000 for 4.50");
    }

    @Test
    void theDayClosesBeforeTheRecordThatClosesItIsCounted() {
        // Given
        world.use(2000, TEN);

        // When
        world.use(1000, LAST_OF_THE_DAY, CLOSE);

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00");

        // When
        world.line.tick(CLOSE.plus(Duration.ofHours(1)));

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: 1000 for 1.50, net 3000 for 4.50");
    }

    @Test
    void aClockThatStepsBackReopensNothing() {
        // Given
        world.use(2000, TEN);
        world.line.tick(CLOSE);
        world.lines();

        // When
        world.use(1000, TEN, TEN);
        world.line.tick(CLOSE.plus(Duration.ofHours(1)));

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: 1000 for 1.50, net 3000 for 4.50");
    }

    @Test
    void aRecordThatIsRefusedMovesTheClockToo() {
        // Given
        world.use(2000, TEN);
        world.line.arrive(CLOSE, WORKSPACE, new byte[] {9});

        // When
        world.use(1000, TEN, TEN);

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
    }

    @Test
    void aDayClosesByTheTimeZoneOfItsSite() {
        // Given
        world.line.record(new SiteChange("in1", "Asia/Kolkata", PriceGroup.CN, "AWS"));
        world.line.record(new WorkspaceChange("wksp_in", "in1"));
        world.line.record(new BindingChange("wksp_in", ACCOUNT, SmallWorld.LONG_AGO, 1L));
        world.use("wksp_in", 1000, Instant.parse("2026-03-02T18:29:59.999Z"), Instant.parse("2026-03-02T18:30:00Z"));
        world.use("wksp_in", 5000, Instant.parse("2026-03-02T18:30:00Z"), Instant.parse("2026-03-02T18:30:00Z"));

        // When
        world.line.tick(Instant.parse("2026-03-02T19:29:59.999Z"));

        // Then
        assertThat(world.lines()).isEmpty();

        // When
        world.line.tick(Instant.parse("2026-03-02T19:30:00Z"));

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 1000 for 1.50, net 1000 for 1.50");
    }

    @Test
    void aLineSaysWhatItCameFrom() {
        // Given
        world.use(2000, TEN.plusSeconds(7), TEN.plusSeconds(9));
        world.use(500, TEN.plusSeconds(5), TEN.plusSeconds(8));

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.line.lines()).singleElement().satisfies(DayCloseTest::saysWhatItCameFrom);
    }

    private static void saysWhatItCameFrom(BillLine line) {
        assertThat(line.getMeters()).singleElement().satisfies(total -> {
            assertThat(total.getTotal()).isEqualTo("2500");
            assertThat(total.getEvents()).isEqualTo(2);
            assertThat(total.getDigest()).matches("[0-9a-f]{32}");
        });
        assertThat(line.getFirstIngestedAt()).isEqualTo(TEN.plusSeconds(8));
        assertThat(line.getLastIngestedAt()).isEqualTo(TEN.plusSeconds(9));
        assertThat(line.getBindingSeqs()).containsExactly(0L);
        assertThat(line.getControlOffset()).isEqualTo(6);
        assertThat(line.getPrice()).isEqualTo(new AppliedPrice("book-1", LONG_AGO_DAY, "1000", "unit 1.5"));
        assertThat(line.getCurrency()).isEqualTo("CNY");
    }

    @Test
    void aControlRecordThatIsRefusedStopsNothing() {
        // Given
        world.line.record(new SiteChange("utc", "Asia/Tokyo", PriceGroup.CN, "ALIYUN"));
        world.use(2000, TEN);

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00");
    }

    @Test
    void aGroupWithoutUsageHasNoLine() {
        // Given
        world.use(0, TEN);

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.lines()).isEmpty();
    }

    @Test
    void usageThatCostsNextToNothingHasALineOfNothing() {
        // Given
        world.use(1, TEN);

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.lines()).containsExactly("CLOSE 2026-03-02 acct_1 14 revision 0: 1 for 0.00, net 1 for 0.00");
    }

    @Test
    void usageOfAWorkspaceWithoutABindingIsMeteredAndNotBilled() {
        // Given
        world.use("wksp_2", 2000, TEN, TEN);

        // When
        world.line.tick(CLOSE);

        // Then
        assertThat(world.lines()).isEmpty();
        assertThat(world.line.held()).isEmpty();
        assertThat(world.line.metered())
                .flatExtracting(MeteredUsage::getMeters)
                .extracting(MeterTotal::getTotal)
                .containsExactly("2000");
    }

    @Test
    void yearsOfSilenceCloseWhatWasOpenAndNothingIsLeft() {
        // Given
        world.use(2000, TEN);
        Instant yearsLater = Instant.parse("2029-07-01T12:00:00Z");

        // When
        world.line.tick(yearsLater);
        world.use(1000, yearsLater);
        world.line.tick(yearsLater.plus(Duration.ofDays(1)));

        // Then
        assertThat(world.lines())
                .containsExactly(
                        "CLOSE 2026-03-02 acct_1 14 revision 0: 2000 for 3.00, net 2000 for 3.00",
                        "CLOSE 2029-07-01 acct_1 14 revision 0: 1000 for 1.50, net 1000 for 1.50");
    }

    @Test
    void manyDaysThatAreDueAtOneRecordAreAllIssuedBeforeIt() {
        // Given
        Instant now = TEN.plus(Duration.ofDays(34));
        for (int day = 0; day < 34; day++) {
            world.use(1000, TEN.plus(Duration.ofDays(day)), now);
        }

        // When
        world.use(1, now.plus(Duration.ofHours(1)));

        // Then
        assertThat(world.line.lines())
                .extracting(BillLine::getDay)
                .containsExactlyElementsOf(DAY.datesUntil(DAY.plusDays(34)).toList());
    }
}
