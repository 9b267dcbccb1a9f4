package io.weir.metering.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.billing.AccountChange;
import io.weir.billing.Aggregation;
import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.FlatModel;
import io.weir.billing.FormulaTerm;
import io.weir.billing.GraduatedModel;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PackageModel;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.PriceTier;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.UnitModel;
import io.weir.billing.VolumeModel;
import io.weir.billing.WorkspaceChange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A control record that contradicts what never changes is refused; what stood before stays (rules.md §1, §5, §6). */
class ControlTableTest {

    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    private ControlTable table = ControlTable.EMPTY;

    @Test
    void theZoneOfASiteNeverChanges() {
        // Given
        take(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));

        // When / Then
        assertRefused(
                new SiteChange("cn1", "Asia/Tokyo", PriceGroup.CN, "ALIYUN"),
                "site cn1: zone and price group never change; recorded Asia/Shanghai CN, not Asia/Tokyo CN");
    }

    @Test
    void thePriceGroupOfASiteNeverChanges() {
        // Given
        take(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));

        // When / Then
        assertRefused(
                new SiteChange("cn1", "Asia/Shanghai", PriceGroup.INTL, "ALIYUN"),
                "site cn1: zone and price group never change; recorded Asia/Shanghai CN, not Asia/Shanghai INTL");
    }

    @Test
    void aSiteHasARealTimeZone() {
        assertRefused(
                new SiteChange("cn1", "Asia/Atlantis", PriceGroup.CN, "ALIYUN"), "'Asia/Atlantis' is not a time zone");
    }

    @Test
    void theSiteOfAWorkspaceNeverChanges() {
        // Given
        take(new WorkspaceChange("wksp_1", "cn1"));

        // When / Then
        assertRefused(
                new WorkspaceChange("wksp_1", "cn2"),
                "workspace wksp_1: its site never changes; recorded cn1, not cn2");
    }

    @Test
    void theIdOfAWorkspaceIsAName() {
        assertRefused(new WorkspaceChange("wksp 1", "cn1"), "workspace wksp 1: not an id");
    }

    @Test
    void theCurrencyOfAnAccountNeverChanges() {
        // Given
        take(new AccountChange("acct_1", "north", "CNY"));

        // When / Then
        assertRefused(
                new AccountChange("acct_1", "north", "USD"),
                "account acct_1: user name and currency never change; recorded north CNY, not north USD");
    }

    @Test
    void theUserNameOfAnAccountNeverChanges() {
        // Given
        take(new AccountChange("acct_1", "north", "CNY"));

        // When / Then
        assertRefused(
                new AccountChange("acct_1", "south", "CNY"),
                "account acct_1: user name and currency never change; recorded north CNY, not south CNY");
    }

    @Test
    void aUserNameBelongsToOneAccount() {
        // Given
        take(new AccountChange("acct_1", "north", "CNY"));

        // When / Then
        assertRefused(
                new AccountChange("acct_2", "north", "CNY"),
                "account acct_2: the user name north belongs to account acct_1");
    }

    @Test
    void anAccountPaysInAKnownCurrency() {
        assertRefused(new AccountChange("acct_1", "north", "EUR"), "account acct_1: currency EUR");
    }

    @Test
    void theIdOfAnAccountIsAName() {
        assertRefused(new AccountChange("", "north", "CNY"), "account : not an id");
    }

    @ParameterizedTest
    @MethodSource("bindingsThatDiffer")
    void aBindingIsRecordedOnce(BindingChange other) {
        // Given
        take(new BindingChange("wksp_1", "acct_1", TEN, 1L));

        // When / Then
        assertRefusedNaming(other, "workspace wksp_1: binding 1 never changes; recorded acct_1 from 2026");
    }

    static List<BindingChange> bindingsThatDiffer() {
        return List.of(
                new BindingChange("wksp_1", "acct_2", TEN, 1L),
                new BindingChange("wksp_1", null, TEN, 1L),
                new BindingChange("wksp_1", "acct_1", TEN.plusMillis(1), 1L));
    }

    @Test
    void aBindingThatIsRecordedAgainChangesNothing() {
        // Given
        take(new BindingChange("wksp_1", "acct_1", TEN, 1L));
        ControlTable before = table;

        // When
        take(new BindingChange("wksp_1", "acct_1", TEN, 1L));

        // Then
        assertThat(table.touchesBetween(before.offset(), table.offset()).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("wrongIds")
    void anAccountThatIsBoundHasAnId(String accountId) {
        assertRefused(
                new BindingChange("wksp_1", accountId, TEN, 1L),
                "workspace wksp_1: account %s: not an id".formatted(accountId));
    }

    static List<String> wrongIds() {
        return List.of("", "acct 1", "acct\n1", "a".repeat(129), "账户");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void dataIsKeptForADayOrMore(int days) {
        assertRefused(
                new RetentionChange("wksp_1", "logs", "", days, TEN),
                "workspace wksp_1: a retention of %d days".formatted(days));
    }

    @Test
    void theAggregationOfAMeterNeverChanges() {
        // Given
        take(catalogue(List.of(meter("spans", Aggregation.SUM)), List.of()));

        // When / Then
        assertRefused(
                catalogue(List.of(meter("spans", Aggregation.MAX)), List.of()),
                "meter spans: the aggregation never changes; recorded SUM, not MAX");
    }

    @Test
    void theAggregationOfAMeterDoesNotChangeWithinAVersionEither() {
        assertRefused(
                catalogue(List.of(meter("spans", Aggregation.SUM), meter("spans", Aggregation.MAX)), List.of()),
                "meter spans: the aggregation never changes; recorded SUM, not MAX");
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 6, 7, 0, -10, Long.MAX_VALUE})
    void aDivisorHasThePrimeFactors2And5Only(long divisor) {
        assertRefused(
                catalogue(List.of(meter("spans", Aggregation.SUM)), List.of(item("spans", divisor, "1"))),
                "item trace: divide_by %d is not positive with the prime factors 2 and 5 only".formatted(divisor));
    }

    @ParameterizedTest
    @CsvSource({"3", "0", "-1000", "0.3", "1500"})
    void aUnitHasThePrimeFactors2And5Only(String unit) {
        assertRefused(
                catalogue(List.of(meter("spans", Aggregation.SUM)), List.of(item("spans", 10, unit))),
                "item trace: unit %s is not positive with the prime factors 2 and 5 only".formatted(unit));
    }

    @ParameterizedTest
    @CsvSource({"1", "1000000", "1E+6", "0.001", "2.5", "1024", "1073741824"})
    void aUnitOfTheFactors2And5IsTaken(String unit) {
        // When
        take(catalogue(List.of(meter("spans", Aggregation.SUM)), List.of(item("spans", 10, unit))));

        // Then
        assertThat(table.catalogue().itemsOn(DAY)).hasSize(1);
    }

    @Test
    void aUnitIsADecimal() {
        assertRefused(
                catalogue(List.of(meter("spans", Aggregation.SUM)), List.of(item("spans", 10, "ten"))),
                "unit of item trace: 'ten' is not a decimal");
    }

    @Test
    void aFormulaNamesKnownMeters() {
        assertRefused(catalogue(List.of(), List.of(item("spans", 10, "1"))), "item trace: unknown meter spans");
    }

    @ParameterizedTest
    @MethodSource("wrongIds")
    void theNameOfAnItemObeysThePatternOfIds(String name) {
        assertRefused(
                catalogue(List.of(), List.of(new ItemDefinition(name, "", List.of(), "1", null))),
                "item %s: not a name".formatted(name));
    }

    @ParameterizedTest
    @MethodSource("wrongIds")
    void theNameOfAMeterObeysThePatternOfIds(String name) {
        assertRefused(
                catalogue(List.of(meter(name, Aggregation.SUM)), List.of()), "meter %s: not a name".formatted(name));
    }

    @Test
    void anItemStandsOnceInAVersion() {
        assertRefused(
                catalogue(
                        List.of(meter("spans", Aggregation.SUM)),
                        List.of(item("spans", 10, "1"), item("spans", 100, "1"))),
                "item trace: twice in a version");
    }

    @Test
    void anItemHasAFormula() {
        assertRefused(
                catalogue(List.of(), List.of(new ItemDefinition("trace", "", List.of(), "1", null))),
                "item trace: no formula");
    }

    @Test
    void theLimitOfAMeterIsNotNegative() {
        assertRefused(
                catalogue(List.of(new MeterDefinition("spans", Aggregation.SUM, -1L)), List.of()),
                "meter spans: negative limit");
    }

    @ParameterizedTest
    @MethodSource("negativePrices")
    void aBookWithANegativePriceIsRefused(Object model) {
        assertRefusedNaming(book(DAY, model), "-0.01 is negative");
    }

    @ParameterizedTest
    @CsvSource({"1E+999999999", "1E-999999999", "1E+51"})
    void aPriceThatNobodyCouldWriteDownIsRefused(String price) {
        assertRefusedNaming(book(DAY, new UnitModel(price)), "more than 50 digits");
    }

    static List<Object> negativePrices() {
        return List.of(
                new UnitModel("-0.01"),
                new FlatModel("-0.01"),
                new PackageModel("-0.01", "1", "0"),
                new PackageModel("1", "-0.01", "0"),
                new PackageModel("1", "1", "-0.01"),
                new GraduatedModel(List.of(new PriceTier(null, "-0.01", "0"))),
                new VolumeModel(List.of(new PriceTier(null, "0", "-0.01"))));
    }

    @Test
    void aBookWithTwoPricesForOneKeyAndDateIsRefused() {
        // Given
        PriceEntry one = entry(DAY, new UnitModel("1"));
        PriceEntry other = entry(DAY, new UnitModel("2"));

        // When / Then
        assertRefusedNaming(new PriceBookChange("2", List.of(one, other)), "two prices for");
    }

    @Test
    void aBookWithAPriceThatIsNoNumberIsRefused() {
        assertRefusedNaming(book(DAY, new UnitModel("NaN")), "'NaN' is not a decimal");
    }

    @ParameterizedTest
    @MethodSource("wrongTiers")
    void tiersAscendToAnOpenEnd(List<PriceTier> tiers) {
        assertRefusedNaming(book(DAY, new GraduatedModel(tiers)), "tier");
        assertRefusedNaming(book(DAY, new VolumeModel(tiers)), "tier");
    }

    static List<List<PriceTier>> wrongTiers() {
        PriceTier open = new PriceTier(null, "1", "0");
        return List.of(
                List.of(),
                List.of(new PriceTier("10", "1", "0")),
                List.of(open, open),
                List.of(new PriceTier("10", "1", "0"), new PriceTier("10", "1", "0"), open),
                List.of(new PriceTier("0", "1", "0"), open));
    }

    @Test
    void aPackageIsLargerThanNothing() {
        assertRefusedNaming(book(DAY, new PackageModel("0", "1", "0")), "a package of 0");
    }

    @Test
    void whatStoodBeforeARefusalStays() {
        // Given
        take(book(DAY, new UnitModel("1")));
        take(catalogue(List.of(meter("spans", Aggregation.SUM)), List.of(item("spans", 10, "1"))));
        take(new AccountChange("acct_1", "north", "CNY"));
        ControlTable before = table;

        // When
        refusal(book(DAY, new UnitModel("-1")));
        refusal(catalogue(List.of(meter("more", Aggregation.SUM)), List.of(item("more", 3, "1"))));
        refusal(new AccountChange("acct_1", "north", "USD"));

        // Then
        assertThat(table).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01, 10", "2026-03-02, 100", "2026-12-31, 100"})
    void theItemsOfADayAreThoseOfTheLatestVersionNotAfterIt(LocalDate day, long divisor) {
        // Given
        List<MeterDefinition> meters = List.of(meter("spans", Aggregation.SUM));
        take(new CatalogueChange("1", null, meters, List.of(item("spans", 10, "1"))));
        take(new CatalogueChange("2", DAY, meters, List.of(item("spans", 100, "1"))));

        // When / Then
        assertThat(table.catalogue().itemsOn(day))
                .singleElement()
                .satisfies(item -> assertThat(item.terms().get(0).divideBy()).isEqualTo(divisor));
    }

    @Test
    void aNewBookTouchesTheDaysFromItsFirstDifferenceOn() {
        // Given
        take(new PriceBookChange("1", List.of(entry(DAY.minusDays(9), new UnitModel("1")))));

        // When
        take(new PriceBookChange(
                "2", List.of(entry(DAY.minusDays(9), new UnitModel("1")), entry(DAY, new UnitModel("2")))));

        // Then
        assertTouchedFrom(DAY);
    }

    @Test
    void aPriceThatIsTakenBackTouchesItsDaysToo() {
        // Given
        take(book(DAY, new UnitModel("1")));

        // When
        take(new PriceBookChange("2", List.of()));

        // Then
        assertTouchedFrom(DAY);
    }

    /** The last change may alter closed days of any workspace from this one on. */
    private void assertTouchedFrom(LocalDate day) {
        Touches touches = table.touchesBetween(table.offset() - 1, table.offset());
        assertThat(touches.alter("wksp_any", day, false)).isTrue();
        assertThat(touches.alter("wksp_any", day.minusDays(1), true)).isFalse();
    }

    private void take(SpecificRecord change) {
        table = table.with(table.offset() + 1, new ControlRecord(change));
    }

    private Refused refusal(SpecificRecord change) {
        return catchThrowableOfType(Refused.class, () -> take(change));
    }

    private void assertRefused(SpecificRecord change, String rule) {
        assertThat(refusal(change)).isNotNull().extracting(Refused::rule).isEqualTo(rule);
    }

    private void assertRefusedNaming(SpecificRecord change, String part) {
        assertThat(refusal(change)).isNotNull().hasMessageContaining(part);
    }

    private static MeterDefinition meter(String name, Aggregation aggregation) {
        return new MeterDefinition(name, aggregation, 1_000_000_000_000L);
    }

    private static ItemDefinition item(String meter, long divisor, String unit) {
        return new ItemDefinition("trace", "", List.of(new FormulaTerm(List.of(meter), divisor)), unit, null);
    }

    private static CatalogueChange catalogue(List<MeterDefinition> meters, List<ItemDefinition> items) {
        return new CatalogueChange("1", null, meters, items);
    }

    private static PriceBookChange book(LocalDate from, Object model) {
        return new PriceBookChange("1", List.of(entry(from, model)));
    }

    private static PriceEntry entry(LocalDate from, Object model) {
        return new PriceEntry("CNY", PriceGroup.CN, "trace", null, from, model);
    }
}
