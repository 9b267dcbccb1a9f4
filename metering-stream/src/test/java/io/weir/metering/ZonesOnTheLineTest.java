package io.weir.metering;

import static io.weir.metering.SmallWorld.ACCOUNT;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.BindingChange;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import io.weir.metering.window.HourWindows;
import io.weir.metering.window.Window;
import io.weir.usage.MeteredUsage;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days of zones whose clocks change, on the whole line: what is in the day, and when it closes (rules.md §2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZonesOnTheLineTest {

    private SmallWorld world;
    private int numberOfSites;

    @BeforeAll
    void begin(@TempDir Path state) {
        world = new SmallWorld(state);
        world.price(14, "1", LONG_AGO_DAY.minusYears(100));
    }

    @AfterAll
    void end() {
        world.close();
    }

    /** The first and last instants are written down, so that they do not come from the code that they judge. Days end one after the other. */
    @ParameterizedTest
    @CsvSource({
        "Pacific/Apia, 2011-12-29, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z, 24", // the 30th was skipped
        "Pacific/Apia, 2011-12-31, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z, 24",
        "America/Sao_Paulo, 2017-10-15, 2017-10-15T03:00:00Z, 2017-10-16T02:00:00Z, 23", // no midnight
        "America/Sao_Paulo, 2018-02-17, 2018-02-17T02:00:00Z, 2018-02-18T03:00:00Z, 25", // 23 o'clock twice
        "America/Asuncion, 2023-10-01, 2023-10-01T04:00:00Z, 2023-10-02T03:00:00Z, 23", // no midnight
        "Africa/Cairo, 2024-04-26, 2024-04-25T22:00:00Z, 2024-04-26T21:00:00Z, 23", // no midnight
        "Asia/Kolkata, 2024-12-31, 2024-12-30T18:30:00Z, 2024-12-31T18:30:00Z, 24",
        "Asia/Beirut, 2025-03-30, 2025-03-29T22:00:00Z, 2025-03-30T21:00:00Z, 23", // no midnight
        "America/Havana, 2025-11-02, 2025-11-02T04:00:00Z, 2025-11-03T05:00:00Z, 25", // midnight twice
        "Asia/Kathmandu, 2026-03-02, 2026-03-01T18:15:00Z, 2026-03-02T18:15:00Z, 24",
        "America/New_York, 2026-03-08, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z, 23",
        "Europe/Berlin, 2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 23",
        "Pacific/Chatham, 2026-04-05, 2026-04-04T10:15:00Z, 2026-04-05T11:15:00Z, 26", // changes at 03:45, so two are
        // short
        "Australia/Lord_Howe, 2026-04-05, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z, 25", // one is half an hour
        "Pacific/Chatham, 2026-09-27, 2026-09-26T11:15:00Z, 2026-09-27T10:15:00Z, 24", // changes at 02:45, so two are
        // short
        "Australia/Lord_Howe, 2026-10-04, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z, 24", // one is half an hour
        "Europe/Berlin, 2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 25",
        "America/New_York, 2026-11-01, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z, 25",
        "Pacific/Kiritimati, 2026-12-31, 2026-12-30T10:00:00Z, 2026-12-31T10:00:00Z, 24", // 14 h ahead
        "Etc/GMT+12, 2026-12-31, 2026-12-31T12:00:00Z, 2027-01-01T12:00:00Z, 24", // 12 h behind
        "UTC, 2028-02-29, 2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z, 24",
    })
    void aDayHasTheUsageFromItsFirstInstantToItsLastAndClosesAfterIt(
            ZoneId zone, LocalDate day, Instant first, Instant end, int windows) {
        // Given
        String workspace = workspaceIn(zone, first);
        world.use(workspace, 1, first.minusMillis(1), end);
        world.use(workspace, 10_000_000, end, end);
        useEachWindow(workspace, new HourWindows(zone), first, end);

        // When
        world.line.arrive(end.plus(MeteringDriver.GRACE).minusMillis(1), null, (byte[]) null);
        world.line.runTimer(3);

        // Then
        assertThat(linesOf(workspace, day)).isEmpty();

        // When
        world.line.arrive(end.plus(MeteringDriver.GRACE), null, (byte[]) null);
        world.line.runTimer(3);

        // Then
        assertThat(linesOf(workspace, day)).containsExactly(Integer.toString(1000 * windows));
        assertThat(world.line.metered())
                .filteredOn(usage -> usage.getWorkspaceId().equals(workspace))
                .filteredOn(usage -> !usage.getWindowStart().isBefore(first)
                        && usage.getWindowStart().isBefore(end))
                .extracting(MeteredUsage::getEvents)
                .hasSize(windows)
                .containsOnly(2L);
    }

    /** 500 records in the first and the last millisecond of each window. */
    private void useEachWindow(String workspace, HourWindows hours, Instant first, Instant end) {
        Window window = hours.at(first.toEpochMilli());
        while (window.startMillis() < end.toEpochMilli()) {
            world.use(workspace, 500, Instant.ofEpochMilli(window.startMillis()), end);
            world.use(workspace, 500, Instant.ofEpochMilli(window.endMillis() - 1), end);
            window = hours.at(window.endMillis());
        }
    }

    private String workspaceIn(ZoneId zone, Instant from) {
        String site = "site_" + numberOfSites++;
        String workspace = "wksp_" + site;
        world.line.record(new SiteChange(site, zone.getId(), PriceGroup.CN, "ALIYUN"));
        world.line.record(new WorkspaceChange(workspace, site));
        world.line.record(new BindingChange(workspace, ACCOUNT, from.minusSeconds(172_800), 0L));
        return workspace;
    }

    private List<String> linesOf(String workspace, LocalDate day) {
        return world.line.lines().stream()
                .filter(line ->
                        line.getWorkspaceId().equals(workspace) && line.getDay().equals(day))
                .map(BillLine::getQuantity)
                .toList();
    }
}
