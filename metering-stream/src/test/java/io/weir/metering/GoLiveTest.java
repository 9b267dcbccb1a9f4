package io.weir.metering;

import static io.weir.metering.SmallWorld.ACCOUNT;
import static io.weir.metering.SmallWorld.LONG_AGO_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.BindingChange;
import io.weir.billing.PriceGroup;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A workspace goes live by its binding: bound from the local midnight of a day, that day is whole on the bill and no day before is
 * on it. 1000 log records an hour cost 1.50.
 */
class GoLiveTest {

    private static final LocalDate SWITCH = LocalDate.parse("2026-03-05");
    private static final String MOVING = "wksp_moving";
    private static final BigDecimal WHOLE_DAY = new BigDecimal("36.00");

    @TempDir
    private Path state;

    private SmallWorld world;
    private final List<BillLine> lines = new ArrayList<>();
    private long bindingSeq;

    @BeforeEach
    void startTheLine() {
        world = new SmallWorld(state);
        world.price(14, "1.5", LONG_AGO_DAY);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Shanghai", "America/Los_Angeles"})
    void daysBeforeTheSwitchHaveNoLineAndTheDayOfTheSwitchIsWhole(String zone) {
        // Given
        ZoneId site = siteIn(zone);

        // When
        bind(ACCOUNT, midnight(SWITCH, site));
        useEachHour(SWITCH.minusDays(2), SWITCH.plusDays(1), site);

        // Then
        assertThat(net(SWITCH.minusDays(2))).isZero();
        assertThat(net(SWITCH.minusDays(1))).isZero();
        assertThat(net(SWITCH)).isEqualByComparingTo(WHOLE_DAY);
        assertThat(net(SWITCH.plusDays(1))).isEqualByComparingTo(WHOLE_DAY);
    }

    @Test
    void theHoursBeforeTheSwitchAreMeteredAllTheSame() {
        // Given
        ZoneId site = siteIn("Asia/Shanghai");
        bind(ACCOUNT, midnight(SWITCH, site));

        // When
        useEachHour(SWITCH.minusDays(1), SWITCH.minusDays(1), site);

        // Then
        assertThat(world.line.metered())
                .filteredOn(usage -> usage.getWorkspaceId().equals(MOVING))
                .hasSize(24);
    }

    @Test
    void lateUsageOfADayBeforeTheSwitchIsNotBilled() {
        // Given
        ZoneId site = siteIn("Asia/Shanghai");
        bind(ACCOUNT, midnight(SWITCH, site));
        useEachHour(SWITCH, SWITCH, site);

        // When
        Instant now = midnight(SWITCH.plusDays(2), site);
        world.use(MOVING, 1_000, midnight(SWITCH, site).minusMillis(1), now);
        world.line.tick(now.plus(Duration.ofHours(2)));

        // Then
        assertThat(net(SWITCH.minusDays(1))).isZero();
        assertThat(net(SWITCH)).isEqualByComparingTo(WHOLE_DAY);
    }

    @Test
    void aSwitchThatIsTakenBackBeforeItsDayLeavesNoLine() {
        // Given
        ZoneId site = siteIn("Asia/Shanghai");
        bind(ACCOUNT, midnight(SWITCH, site));

        // When
        bind(null, midnight(SWITCH, site));
        useEachHour(SWITCH, SWITCH.plusDays(1), site);

        // Then
        collect();
        assertThat(lines).isEmpty();
    }

    @Test
    void aSwitchThatIsTakenBackLaterIsCorrectedToNothing() {
        // Given
        ZoneId site = siteIn("Asia/Shanghai");
        bind(ACCOUNT, midnight(SWITCH, site));
        useEachHour(SWITCH, SWITCH.plusDays(1), site);

        // When
        bind(null, midnight(SWITCH, site));
        world.line.tick(midnight(SWITCH.plusDays(4), site));

        // Then
        assertThat(net(SWITCH)).isZero();
        assertThat(net(SWITCH.plusDays(1))).isZero();
        assertThat(lines).hasSize(4);
    }

    private ZoneId siteIn(String zone) {
        world.line.record(new SiteChange("far", zone, PriceGroup.CN, "ALIYUN"));
        world.line.record(new WorkspaceChange(MOVING, "far"));
        return ZoneId.of(zone);
    }

    private static Instant midnight(LocalDate day, ZoneId site) {
        return day.atStartOfDay(site).toInstant();
    }

    private void bind(@Nullable String account, Instant from) {
        world.line.record(new BindingChange(MOVING, account, from, bindingSeq++));
    }

    /** 1000 records in each local hour of these days, then time until the last of them is closed. */
    private void useEachHour(LocalDate first, LocalDate last, ZoneId site) {
        Instant end = midnight(last.plusDays(1), site);
        for (Instant hour = midnight(first, site); hour.isBefore(end); hour = hour.plus(Duration.ofHours(1))) {
            world.use(MOVING, 1_000, hour, hour);
        }
        world.line.tick(end.plus(Duration.ofHours(2)));
    }

    private BigDecimal net(LocalDate day) {
        collect();
        return lines.stream()
                .filter(line -> line.getDay().equals(day))
                .map(line -> new BigDecimal(line.getAmount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void collect() {
        world.line.lines().stream()
                .filter(line -> line.getWorkspaceId().equals(MOVING))
                .forEach(lines::add);
    }
}
