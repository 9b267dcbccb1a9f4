package io.weir.metering;

import static io.weir.metering.SmallWorld.ACCOUNT;
import static io.weir.metering.SmallWorld.CLOSE;
import static io.weir.metering.SmallWorld.DAY;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static io.weir.metering.SmallWorld.MIDNIGHT;
import static io.weir.metering.SmallWorld.TEN;
import static io.weir.metering.SmallWorld.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.billing.AccountChange;
import io.weir.billing.Aggregation;
import io.weir.billing.BillLine;
import io.weir.billing.CatalogueChange;
import io.weir.billing.FormulaTerm;
import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.UnitModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corrections of what moves between accounts, currencies and items, and of what is changed more than once (rules.md §6, §7). */
class MovedMoneyTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NEXT_HOUR = CLOSE.plus(HOUR);

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void aClosedDay() {
        world = new SmallWorld(state);
        world.price(14, "1.5", LONG_AGO_DAY);
        world.line.record(new AccountChange("acct_us", "user of acct_us", "USD"));
        world.use(2000, TEN);
        world.line.tick(CLOSE);
        world.lines();
        world.line.held();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aMoveToAnotherCurrencyIsANegativeLineInTheOneAndAPositiveInTheOther() {
        // Given
        world.price("USD", 14, new UnitModel("0.2"), LONG_AGO_DAY);
        world.bind("acct_us", MIDNIGHT);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.line.lines())
                .extracting(line -> line.getAccountId() + " " + line.getAmount() + " " + line.getCurrency())
                .containsExactly("acct_1 -3.00 CNY", "acct_us 0.40 USD");
    }

    @Test
    void aMoveToAnAccountWithoutAPriceTakesFromTheOneAndHoldsForTheOther() {
        // Given
        world.bind("acct_us", MIDNIGHT);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -3.00, net 0 for 0.00");
        assertThat(world.line.held()).extracting(HeldLine::getAccountId).containsExactly("acct_us");
    }

    @Test
    void whatWaitsForItsAccountAndItsPriceIsIssuedWhenBothAreThere() {
        // Given
        world.bind("acct_new", MIDNIGHT);
        world.retain(7, MIDNIGHT);
        world.line.tick(NEXT_HOUR);
        assertThat(world.line.held()).extracting(HeldLine::getReason).containsExactly(HoldReason.UNKNOWN_ACCOUNT);
        world.lines();

        // When
        world.account("acct_new");
        world.line.tick(NEXT_HOUR.plus(HOUR));

        // Then
        assertThat(world.lines()).isEmpty();
        assertThat(world.line.held()).extracting(HeldLine::getReason).containsExactly(HoldReason.NO_PRICE);

        // When
        world.price(7, "2", LONG_AGO_DAY);
        world.line.tick(NEXT_HOUR.plus(HOUR).plus(HOUR));

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_new 7 revision 0: 2000 for 4.00, net 2000 for 4.00");
    }

    @Test
    void anEndedBindingThatIsOpenedAgainGoesOnWithTheNextRevision() {
        // Given
        world.bind(null, MIDNIGHT);
        world.line.tick(NEXT_HOUR);

        // When
        world.bind(ACCOUNT, TEN);
        world.line.tick(NEXT_HOUR.plus(HOUR));

        // Then
        assertThat(world.lines())
                .containsExactly(
                        "CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -3.00, net 0 for 0.00",
                        "CORRECTION 2026-03-02 acct_1 14 revision 2: 2000 for 3.00, net 2000 for 3.00");
    }

    @Test
    void twoChangesInOneHourAreOneCorrection() {
        // Given
        world.price(14, "9", DAY);
        world.use(1000, TEN, CLOSE);
        world.price(14, "1", DAY);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: 1000 for 0.00, net 3000 for 3.00");
    }

    @Test
    void aChangeThatIsTakenBackInTheSameHourIsNoCorrection() {
        // Given
        world.bind(null, MIDNIGHT);
        world.bind(ACCOUNT, MIDNIGHT);

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines()).isEmpty();
    }

    @Test
    void aBookThatChangesWhileADayIsOpenIsInItsFirstLine() {
        // Given
        world.use(1000, CLOSE);
        world.price(14, "7", DAY.plusDays(1));

        // When
        world.line.tick(CLOSE.plus(Duration.ofDays(1)));

        // Then
        assertThat(world.lines())
                .containsExactly("CLOSE 2026-03-03 acct_1 14 revision 0: 1000 for 7.00, net 1000 for 7.00");
    }

    @Test
    void anItemThatACatalogueAddsToAClosedDayIsChargedThere() {
        // Given
        PriceEntry copies = new PriceEntry("CNY", PriceGroup.CN, "copy", null, LONG_AGO_DAY, new UnitModel("5"));
        PriceEntry logs = new PriceEntry("CNY", PriceGroup.CN, "log", 14, LONG_AGO_DAY, new UnitModel("1.5"));
        world.line.record(new PriceBookChange("with copies", List.of(copies, logs)));
        world.line.record(catalogue(logs(), item("copy", null)));

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.line.lines())
                .extracting(BillLine::getItem, BillLine::getRevision, BillLine::getAmount)
                .containsExactly(tuple("copy", 0, "10.00"));
    }

    @Test
    void anItemThatACatalogueTakesFromAClosedDayIsCorrectedToNothing() {
        // Given
        world.line.record(catalogue(item("copy", null)));

        // When
        world.line.tick(NEXT_HOUR);

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 1: -2000 for -3.00, net 0 for 0.00");
    }

    @Test
    void lateUsageAfterAllWasTakenBackCorrectsNothingUntilSomebodyPays() {
        // Given
        world.bind(null, MIDNIGHT);
        world.line.tick(NEXT_HOUR);
        world.lines();
        world.use(WORKSPACE, 1000, TEN, NEXT_HOUR);
        world.line.tick(NEXT_HOUR.plus(HOUR));
        assertThat(world.lines()).isEmpty();

        // When
        world.bind(ACCOUNT, MIDNIGHT);
        world.line.tick(NEXT_HOUR.plus(HOUR).plus(HOUR));

        // Then
        assertThat(world.lines())
                .containsExactly("CORRECTION 2026-03-02 acct_1 14 revision 2: 3000 for 4.50, net 3000 for 4.50");
    }

    private static CatalogueChange catalogue(ItemDefinition... items) {
        return new CatalogueChange(
                "changed",
                DAY,
                List.of(new MeterDefinition("log_records", Aggregation.SUM, 1_000_000_000_000L)),
                List.of(items));
    }

    private static ItemDefinition logs() {
        return item("log", 14);
    }

    private static ItemDefinition item(String name, @Nullable Integer retention) {
        return new ItemDefinition(
                name,
                retention == null ? "" : "logs",
                List.of(new FormulaTerm(List.of("log_records"), 1L)),
                "1000",
                retention);
    }
}
