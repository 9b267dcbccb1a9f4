package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Plan;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.usage.FreePlan;
import io.weir.feecenter.usage.HourUse;
import io.weir.feecenter.usage.ItemUse;
import io.weir.feecenter.usage.UsageQuery;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a workspace used on a day, of today so far: by item, by hour, and against the limits of the Free plan. */
final class UsagePages {

    private final Pages pages;
    private final Workspaces workspaces;
    private final UsageQuery usage;
    private final Sites sites;

    UsagePages(Pages pages, Workspaces workspaces, UsageQuery usage, Sites sites) {
        this.pages = pages;
        this.workspaces = workspaces;
        this.usage = usage;
        this.sites = sites;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/workspaces/{id}/usage", this::page);
    }

    private void page(Context context) {
        Membership membership = WorkspacePages.enter(context, workspaces, Role.MEMBER);
        String workspace = membership.workspace().workspaceId();
        ZoneId zone = sites.zone(membership.workspace().site()).orElse(ZoneOffset.UTC);
        LocalDate today = usage.today(zone);
        LocalDate day = Optional.ofNullable(context.queryParam("day"))
                .flatMap(Words::day)
                .filter(asked -> asked.isBefore(today))
                .orElse(today);
        List<ItemUse> items = usage.items(workspace, day, zone);
        String item = chosen(context, items);
        pages.show(
                context,
                "usage",
                Map.of(
                        "membership", membership,
                        "zone", zone,
                        "today", today,
                        "day", day,
                        "items", items,
                        "item", item,
                        "hours", byMeter(usage.hours(workspace, day, zone, item)),
                        "quotas",
                                membership.workspace().plan() == Plan.FREE
                                        ? FreePlan.against(usage.meters(workspace, day, zone))
                                        : List.of()));
    }

    /** The item that is asked for, or the first one. */
    private static String chosen(Context context, List<ItemUse> items) {
        String asked = Objects.requireNonNullElse(context.queryParam("item"), "");
        List<String> names = items.stream().map(ItemUse::item).toList();
        return names.contains(asked) ? asked : names.stream().findFirst().orElse("");
    }

    private static Map<String, List<HourUse>> byMeter(List<HourUse> hours) {
        return hours.stream().collect(Collectors.groupingBy(HourUse::meter, TreeMap::new, Collectors.toList()));
    }
}
