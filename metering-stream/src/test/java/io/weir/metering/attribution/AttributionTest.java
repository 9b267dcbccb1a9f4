package io.weir.metering.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.metering.window.HourWindows;
import io.weir.metering.window.MeasuredWindows;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who pays for which part of a day, at which retention (rules.md §6). */
class AttributionTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final HourWindows HOURS = new HourWindows(ZoneOffset.UTC);

    private static final Item TRACE = new Item(
            "apm_trace",
            "tracing",
            List.of(new Item.Term(List.of("spans"), 10), new Item.Term(List.of("traces"), 1)),
            BigDecimal.ONE,
            14,
            false);
    private static final Item SERIES =
            new Item("timeseries", "metrics", List.of(new Item.Term(List.of("series"), 1)), BigDecimal.ONE, 30, true);
    private static final Item PEAK_WITH_A_SUM = new Item(
            "mixed",
            "",
            List.of(new Item.Term(List.of("series"), 1), new Item.Term(List.of("spans"), 1)),
            BigDecimal.ONE,
            null,
            true);

    private final List<Binding> bindings = new ArrayList<>();
    private final List<RetentionSetting> retentions = new ArrayList<>();
    private final MeasuredWindows windows = new MeasuredWindows(HOURS);

    @Test
    void chargesEachHourToTheAccountBoundAtItsStart() {
        // Given
        bind("old", LONG_AGO);
        bind("new", TEN);

        // When
        use("spans", 10, TEN.minusMillis(1));
        use("spans", 20, TEN);

        // Then
        assertThat(charges(TRACE))
                .extracting(Charge::accountId, AttributionTest::quantity)
                .containsExactlyInAnyOrder(tuple("old", "1"), tuple("new", "2"));
    }

    @Test
    void aBindingDatedInsideAWindowCountsFromTheNext() {
        // Given
        bind("old", LONG_AGO);
        bind("new", TEN.plusMillis(1));

        // When
        use("spans", 10, TEN.plusSeconds(1));
        use("spans", 20, TEN.plus(Duration.ofHours(1)));

        // Then
        assertThat(charges(TRACE))
                .extracting(Charge::accountId, AttributionTest::quantity)
                .containsExactlyInAnyOrder(tuple("old", "1"), tuple("new", "2"));
    }

    @Test
    void ofBindingsThatTakeEffectInOneWindowTheHighestSeqCounts() {
        // Given
        bind("higher", TEN.minus(Duration.ofMinutes(50)), 7);
        bind("lower", TEN, 6);

        // When
        use("spans", 10, TEN);

        // Then
        assertThat(charges(TRACE)).extracting(Charge::accountId).containsExactly("higher");
    }

    @Test
    void theLatestWindowCountsBeforeTheHighestSeq() {
        // Given
        bind("earlier", TEN.minus(Duration.ofHours(1)), 7);
        bind("later", TEN, 6);

        // When
        use("spans", 10, TEN);

        // Then
        assertThat(charges(TRACE)).extracting(Charge::accountId).containsExactly("later");
    }

    @Test
    void theOrderOfRecordingDoesNotMatterToBindings() {
        // Given
        bind("later", TEN, 2);
        bind("earlier", LONG_AGO, 1);

        // When
        use("spans", 10, TEN);

        // Then
        assertThat(charges(TRACE)).extracting(Charge::accountId).containsExactly("later");
    }

    @Test
    void chargesNobodyBeforeTheFirstBinding() {
        // Given
        bind("account", TEN);

        // When
        use("spans", 10, TEN.minusMillis(1));

        // Then
        assertThat(charges(TRACE)).isEmpty();
    }

    @Test
    void chargesNobodyAfterTheBindingEnded() {
        // Given
        bind("account", LONG_AGO);
        bind(null, TEN.plusMillis(1));

        // When
        use("spans", 10, TEN.plusSeconds(1));
        use("spans", 20, TEN.plus(Duration.ofHours(1)));

        // Then
        assertThat(charges(TRACE))
                .extracting(Charge::accountId, AttributionTest::quantity)
                .containsExactly(tuple("account", "1"));
    }

    @Test
    void aBindingInTheFarFutureHasNoEffect() {
        // Given
        bind("account", LONG_AGO);
        bind("other", Instant.parse("2199-01-01T00:00:00Z"));

        // When
        use("spans", 10, TEN);

        // Then
        assertThat(charges(TRACE)).extracting(Charge::accountId).containsExactly("account");
    }

    @Test
    void appliesTheFormulaToTheTotalsOfAGroupAndNotToItsWindows() {
        // Given
        bind("account", LONG_AGO);

        // When
        use("spans", 50, MIDNIGHT);
        use("traces", 1, MIDNIGHT);
        use("traces", 6, TEN);

        // Then
        assertThat(charges(TRACE)).extracting(AttributionTest::quantity).containsExactly("7");
    }

    @Test
    void windowsOfOneAccountInterruptedByAnotherAreOneGroup() {
        // Given
        bind("a", LONG_AGO);
        bind("b", TEN);
        bind("a", TEN.plus(Duration.ofHours(1)));

        // When
        use("spans", 10, TEN.minusMillis(1));
        use("spans", 100, TEN);
        use("spans", 20, TEN.plus(Duration.ofHours(1)));

        // Then
        assertThat(charges(TRACE))
                .extracting(Charge::accountId, AttributionTest::quantity)
                .containsExactlyInAnyOrder(tuple("a", "3"), tuple("b", "10"));
    }

    @Test
    void namesTheBindingsOfTheWindowsWithUsage() {
        // Given
        bind("a", LONG_AGO, 1);
        bind("b", TEN, 2);
        bind("a", TEN.plus(Duration.ofHours(1)), 3);

        // When
        use("spans", 10, TEN.minusMillis(1));
        use("spans", 20, TEN.plus(Duration.ofHours(1)));

        // Then
        assertThat(charges(TRACE))
                .singleElement()
                .satisfies(charge -> assertThat(charge.bindingSeqs()).containsExactly(1L, 3L));
    }

    @Test
    void aPeakIsChargedOnceOnItsLargestValueToTheLastBoundWindow() {
        // Given
        bind("a", LONG_AGO);
        bind("b", TEN);

        // When
        use("series", 500, MIDNIGHT);
        use("series", 300, TEN);

        // Then
        assertThat(charges(SERIES))
                .extracting(Charge::accountId, AttributionTest::quantity)
                .containsExactly(tuple("b", "500"));
    }

    @Test
    void aPeakIsChargedToTheLastBoundWindowEvenIfThatHadNoUsage() {
        // Given
        bind("a", LONG_AGO);
        bind("b", MIDNIGHT.plus(Duration.ofHours(22)));
        bind(null, MIDNIGHT.plus(Duration.ofHours(23)));

        // When
        use("series", 500, MIDNIGHT);

        // Then
        assertThat(charges(SERIES))
                .extracting(Charge::accountId, AttributionTest::quantity)
                .containsExactly(tuple("b", "500"));
    }

    @Test
    void aPeakLooksAtBoundWindowsOnly() {
        // Given
        bind("a", LONG_AGO);
        bind(null, TEN);

        // When
        use("series", 300, MIDNIGHT);
        use("series", 500, TEN);

        // Then
        assertThat(charges(SERIES)).extracting(AttributionTest::quantity).containsExactly("300");
    }

    @Test
    void theSumMetersOfAPeakAddTheBoundWindows() {
        // Given
        bind("a", LONG_AGO);
        bind("b", TEN);

        // When
        use("series", 5, MIDNIGHT);
        use("spans", 4, MIDNIGHT);
        use("spans", 3, TEN);

        // Then
        assertThat(charges(PEAK_WITH_A_SUM))
                .extracting(Charge::accountId, AttributionTest::quantity)
                .containsExactly(tuple("b", "7"));
    }

    @Test
    void aPeakHasTheRetentionOfTheLastBoundWindow() {
        // Given
        bind("a", LONG_AGO);
        retain("metrics", "", 60, TEN);

        // When
        use("series", 500, MIDNIGHT);

        // Then
        assertThat(charges(SERIES)).extracting(Charge::retentionDays).containsExactly(60);
    }

    @Test
    void aResourceKeepsItsOwnRetentionBeforeTheWorkspacesBeforeTheDefault() {
        // Given
        bind("account", LONG_AGO);
        retain("tracing", "own", 3, LONG_AGO);
        retain("tracing", "", 7, TEN);

        // When
        windows.use("own", "spans", 10, TEN);
        windows.use("other", "spans", 20, TEN);
        windows.use("other", "spans", 30, TEN.minusMillis(1));

        // Then
        assertThat(charges(TRACE))
                .extracting(Charge::resource, Charge::retentionDays, AttributionTest::quantity)
                .containsExactlyInAnyOrder(tuple("own", 3, "1"), tuple("other", 7, "2"), tuple("other", 14, "3"));
    }

    @Test
    void aRetentionOfAnotherCategoryDoesNotMatter() {
        // Given
        bind("account", LONG_AGO);
        retain("logs", "", 7, LONG_AGO);

        // When
        use("spans", 10, TEN);

        // Then
        assertThat(charges(TRACE)).extracting(Charge::retentionDays).containsExactly(14);
    }

    @Test
    void anItemWithoutACategoryHasNoRetention() {
        // Given
        bind("account", LONG_AGO);
        retain("", "", 7, LONG_AGO);

        // When
        use("series", 10, TEN);

        // Then
        assertThat(charges(PEAK_WITH_A_SUM)).extracting(Charge::retentionDays).containsOnlyNulls();
    }

    @Test
    void ofRetentionsThatTakeEffectInOneWindowTheLastRecordedCounts() {
        // Given
        bind("account", LONG_AGO);
        retain("tracing", "", 7, TEN);
        retain("tracing", "", 3, TEN.minus(Duration.ofMinutes(30)));

        // When
        use("spans", 10, TEN);

        // Then
        assertThat(charges(TRACE)).extracting(Charge::retentionDays).containsExactly(3);
    }

    @Test
    void aRetentionDatedInsideAWindowCountsFromTheNext() {
        // Given
        bind("account", LONG_AGO);
        retain("tracing", "", 7, TEN.plusMillis(1));

        // When
        use("spans", 10, TEN.plusSeconds(1));
        use("spans", 20, TEN.plus(Duration.ofHours(1)));

        // Then
        assertThat(charges(TRACE))
                .extracting(Charge::retentionDays, AttributionTest::quantity)
                .containsExactlyInAnyOrder(tuple(14, "1"), tuple(7, "2"));
    }

    @Test
    void usageOfNothingHasNoCharge() {
        // Given
        bind("account", LONG_AGO);

        // When
        use("spans", 0, TEN);

        // Then
        assertThat(charges(TRACE, SERIES)).isEmpty();
    }

    private void bind(@Nullable String accountId, Instant from) {
        bind(accountId, from, bindings.size());
    }

    private void bind(@Nullable String accountId, Instant from, long seq) {
        bindings.add(new Binding(accountId, from.toEpochMilli(), seq));
    }

    private void retain(String category, String resource, int days, Instant from) {
        retentions.add(new RetentionSetting(category, resource, days, from.toEpochMilli()));
    }

    private void use(String meter, long quantity, Instant at) {
        windows.use("", meter, quantity, at);
    }

    private List<Charge> charges(Item... items) {
        return new Attribution(HOURS, bindings, retentions).charges(DAY, windows.totals(), List.of(items));
    }

    private static String quantity(Charge charge) {
        return charge.quantity().stripTrailingZeros().toPlainString();
    }
}
