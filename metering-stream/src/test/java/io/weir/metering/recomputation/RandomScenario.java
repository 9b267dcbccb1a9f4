package io.weir.metering.recomputation;

import io.weir.metering.recomputation.Scenario.Account;
import io.weir.metering.recomputation.Scenario.Binding;
import io.weir.metering.recomputation.Scenario.Retention;
import io.weir.metering.recomputation.Scenario.Site;
import io.weir.metering.recomputation.Scenario.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small scenario drawn by chance: every rule of rules.md §3 to §6 at its edges. One seed gives one scenario. */
public final class RandomScenario {

    private static final List<String> ZONES = List.of(
            "Asia/Shanghai",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "America/St_Johns",
            "America/Los_Angeles",
            "Pacific/Apia");

    /** Days before a change of the clocks, one of them across midnight and one over a whole day. */
    private static final List<String> BEGINNINGS = List.of(
            "2026-03-28",
            "2026-10-24",
            "2026-04-03",
            "2026-10-02",
            "2026-03-07",
            "2026-10-31",
            "2010-11-06",
            "2011-12-29");

    private static final List<String> RESOURCES = List.of("", "audit", "app");
    private static final Duration CONTROL_SPAN = Duration.ofDays(80);

    private final Dice dice;
    private final Instant beginning;

    private RandomScenario(Dice dice) {
        this.dice = dice;
        this.beginning = LocalDate.parse(dice.oneOf(BEGINNINGS))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** The scenario of a seed. */
    public static Scenario of(long seed) {
        return new RandomScenario(Dice.of(seed)).draw();
    }

    private Scenario draw() {
        List<Site> sites = dice.some(ZONES, 60).stream().map(this::site).toList();
        List<Site> known = sites.isEmpty() ? List.of(site("Asia/Shanghai")) : sites;
        List<Workspace> workspaces = IntStream.rangeClosed(1, dice.between(2, 4))
                .mapToObj(number -> workspace("wksp_" + number, dice.oneOf(known)))
                .toList();
        List<Account> accounts = List.of(
                new Account("acct_yuan", "yuan.pay", "CNY"),
                new Account("acct_dollar", "dollar.pay", "USD"),
                new Account("acct_third", "third.pay", dice.oneOf(List.of("CNY", "USD"))));
        return new Scenario(
                known,
                workspaces,
                accounts,
                workspaces.stream().flatMap(this::bindings).toList(),
                new RandomPrices(dice, beginning).draw(),
                RandomCatalogue.CATALOGUE,
                new RandomUsage(dice, beginning, workspaces).draw());
    }

    private Site site(String zone) {
        return new Site("site_" + zone.replace('/', '_'), ZoneId.of(zone), dice.oneOf(List.of("CN", "INTL")), "AWS");
    }

    private Workspace workspace(String workspaceId, Site site) {
        List<Retention> retention = IntStream.range(0, dice.between(0, 6))
                .mapToObj(unused -> new Retention(
                        dice.oneOf(List.of("logs", "metrics", "tracing")),
                        dice.oneOf(RESOURCES),
                        dice.oneOf(RandomPrices.RETENTIONS),
                        effectiveFrom()))
                .toList();
        return new Workspace(workspaceId, site.site(), List.of(), retention);
    }

    private Stream<Binding> bindings(Workspace workspace) {
        List<@Nullable String> payers = Arrays.asList(
                "acct_yuan", "acct_yuan", "acct_dollar", "acct_dollar", "acct_third", "acct_stranger", null);
        return IntStream.rangeClosed(1, dice.between(0, 6))
                .mapToObj(seq -> new Binding(workspace.workspaceId(), dice.oneOf(payers), effectiveFrom(), seq));
    }

    /** Mostly about the first days, where the usage is, and often in an hour in which something else changes too. */
    private Instant effectiveFrom() {
        if (dice.chance(40)) {
            Instant busyHour = beginning.plus(Duration.ofHours(6L * dice.between(0, 4)));
            return dice.instant(busyHour, Duration.ofMinutes(50));
        }
        return dice.chance(50)
                ? dice.instant(beginning.minus(Duration.ofHours(12)), Duration.ofHours(72))
                : dice.instant(beginning.minus(Duration.ofDays(40)), CONTROL_SPAN);
    }
}
