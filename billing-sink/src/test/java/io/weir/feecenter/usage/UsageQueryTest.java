package io.weir.feecenter.usage;

import static io.weir.feecenter.usage.TestUsage.WORKSPACE;
import static io.weir.feecenter.usage.TestUsage.catalogue;
import static io.weir.feecenter.usage.TestUsage.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.UnitModel;
import io.weir.billing.WorkspaceChange;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.usage.MeteredUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageQueryTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    /** Begins at 16:00 UTC of the day before. */
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    private final TestDatabase database = TestDatabase.shared();
    private final UsageQuery query = new UsageQuery(database.jdbi(), () -> Instant.parse("2026-03-02T16:00:00Z"));

    @AfterEach
    void close() {
        database.close();
    }

    /** rules.md §5: over a day SUM meters add their windows, MAX meters take the largest; a resource is a peak of its own (§7). */
    @Test
    void sumsAddTheHoursAndPeaksAreTheLargestHourOfEachResource() {
        // Given
        control(catalogue("1000000", null));
        used(
                hour("2026-03-01T16:00:00Z", "", Map.of("series", "7", "log_records", "10")),
                hour("2026-03-02T15:00:00Z", "", Map.of("series", "5", "log_records", "20")),
                hour("2026-03-01T16:00:00Z", "nginx", Map.of("series", "100")));

        // When / Then
        assertThat(items(DAY))
                .containsExactly(
                        "apm_trace spans=0 traces=0 is not said",
                        "log log_records=30 is 30",
                        "timeseries series=107 is 107");
    }

    @Test
    void aDayBeginsAndEndsAtMidnightOfItsZone() {
        // Given
        control(catalogue("1000000", null));
        used(
                hour("2026-03-01T15:00:00Z", "", Map.of("log_records", "1")),
                hour("2026-03-01T16:00:00Z", "", Map.of("log_records", "10")),
                hour("2026-03-02T16:00:00Z", "", Map.of("log_records", "100")));

        // When / Then
        assertThat(query.meters(WORKSPACE, DAY, SHANGHAI)).containsExactly(new MeterUse("log_records", BigDecimal.TEN));
        assertThat(query.today(SHANGHAI)).isEqualTo(DAY.plusDays(1));
        assertThat(query.today(ZoneId.of("America/Los_Angeles"))).isEqualTo(DAY);
    }

    @Test
    void theHoursOfAnItemAreThoseOfItsMetersWithAllResources() {
        // Given
        control(catalogue("1000000", null));
        used(
                hour("2026-03-01T16:00:00Z", "a", Map.of("spans", "40", "log_records", "9")),
                hour("2026-03-01T16:00:00Z", "b", Map.of("spans", "2")),
                hour("2026-03-01T18:00:00Z", "a", Map.of("traces", "3")));

        // When
        List<HourUse> hours = query.hours(WORKSPACE, DAY, SHANGHAI, "apm_trace");

        // Then
        Instant midnight = Instant.parse("2026-03-01T16:00:00Z");
        assertThat(hours)
                .containsExactly(
                        new HourUse(midnight, midnight.plusSeconds(3_600), "spans", new BigDecimal(42)),
                        new HourUse(
                                midnight.plusSeconds(7_200),
                                midnight.plusSeconds(10_800),
                                "traces",
                                new BigDecimal(3)));
        assertThat(query.hours(WORKSPACE, DAY, SHANGHAI, "no such item")).isEmpty();
    }

    /** rules.md §1: the catalogue is versioned by billing day. */
    @Test
    void aDayHasTheItemsOfTheNewestCatalogueNotAfterIt() {
        // Given
        control(catalogue("1000000", null));
        control(catalogue("1000", DAY));

        // When / Then
        assertThat(logUnit(DAY.minusDays(1))).isEqualTo("1000000");
        assertThat(logUnit(DAY)).isEqualTo("1000");
    }

    @Test
    void theTotalThatWasToldLastCountsAndIsExact() {
        // Given
        control(catalogue("1000000", null));
        String large = "170141183460469231731687303715884105727";

        // When
        used(
                hour("2026-03-01T16:00:00Z", "", Map.of("log_records", "1")),
                hour("2026-03-01T16:00:00Z", "", Map.of("log_records", large)));

        // Then
        assertThat(query.meters(WORKSPACE, DAY, SHANGHAI))
                .containsExactly(new MeterUse("log_records", new BigDecimal(large)));
    }

    @Test
    void zoneAndPriceGroupOfASiteNeverChange() {
        // Given
        control(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));
        control(new WorkspaceChange(WORKSPACE, "cn1"));

        // When
        control(new SiteChange("cn1", "America/Los_Angeles", PriceGroup.INTL, "AWS"));
        control(new SiteChange("ap1", "Asia/Singapore", PriceGroup.INTL, "AWS"));
        control(new WorkspaceChange(WORKSPACE, "ap1"));

        // Then
        Site hangzhou = new Site("cn1", SHANGHAI, "CN", "ALIYUN");
        Site singapore = new Site("ap1", ZoneId.of("Asia/Singapore"), "INTL", "AWS");
        assertThat(query.sites()).containsExactly(singapore, hangzhou);
        assertThat(query.findSite("cn1")).contains(hangzhou);
        assertThat(query.siteOf(WORKSPACE)).contains(hangzhou);
        assertThat(query.siteOf("wksp_other")).isEmpty();
    }

    /** fee-center-rules.md §2: the price list has the retentions. */
    @Test
    void theRetentionsAreThoseOfTheNewestPriceBookOnly() {
        // Given
        control(catalogue("1000000", null));
        control(new SiteChange("cn1", "Asia/Shanghai", PriceGroup.CN, "ALIYUN"));
        control(new SiteChange("ap1", "Asia/Singapore", PriceGroup.INTL, "AWS"));

        // When
        control(book(price("log", 60)));
        control(book(price("log", 14), price("log", 3), price("timeseries", 7)));

        // Then
        assertThat(query.retentions("cn1", "logs")).containsExactly(3, 14);
        assertThat(query.retentions("ap1", "logs")).isEmpty();
        assertThat(query.retentions("cn1", "nothing")).isEmpty();
    }

    /** What is older is deleted, a bounded part at a time. */
    @Test
    void usageIsKeptForSixtyTwoDays() {
        // Given
        used(
                hour("2025-12-30T15:00:00Z", "", Map.of("log_records", "1")),
                hour("2025-12-30T16:00:00Z", "", Map.of("log_records", "1")));

        // When
        int deleted = database.jdbi()
                .withHandle(handle -> HourlyUsage.deleteOld(handle, Instant.parse("2026-03-02T16:00:00Z")));

        // Then
        assertThat(deleted).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM hourly_usage")).isEqualTo(1);
    }

    private List<String> items(LocalDate day) {
        return query.items(WORKSPACE, day, SHANGHAI).stream()
                .map(use -> use.item()
                        + use.meters().stream()
                                .map(meter -> " " + meter.meter() + "=" + meter.value())
                                .reduce("", String::concat)
                        + " is "
                        + use.quantity().map(BigDecimal::toString).orElse("not said"))
                .toList();
    }

    private String logUnit(LocalDate day) {
        return query.items(WORKSPACE, day, SHANGHAI).stream()
                .filter(use -> use.item().equals("log"))
                .map(use -> use.unit().toString())
                .findFirst()
                .orElseThrow();
    }

    private static PriceBookChange book(PriceEntry... entries) {
        return new PriceBookChange("1", List.of(entries));
    }

    private static PriceEntry price(String item, int days) {
        return new PriceEntry("CNY", PriceGroup.CN, item, days, LocalDate.of(2023, 11, 2), new UnitModel("1"));
    }

    private void control(Object change) {
        database.jdbi().useTransaction(handle -> ControlCopy.take(handle, change));
    }

    private void used(MeteredUsage... hours) {
        HourlyUsage usage = new HourlyUsage();
        Stream.of(hours).forEach(usage::add);
        database.jdbi().useTransaction(usage::write);
    }
}
