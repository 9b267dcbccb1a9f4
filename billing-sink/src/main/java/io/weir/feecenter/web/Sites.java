package io.weir.feecenter.web;

import io.weir.feecenter.settlement.PaidWorkspace;
import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.usage.ItemUse;
import io.weir.feecenter.usage.Site;
import io.weir.feecenter.usage.UsageQuery;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The sites that the control log knows: their names, where their days begin, which clouds run them, for how long they keep data. */
final class Sites {

    /** Those of which data is kept, as the catalogue names them. */
    private static final List<String> CATEGORIES = List.of("metrics", "logs", "tracing", "profiling", "rum");

    private final UsageQuery usage;

    Sites(UsageQuery usage) {
        this.usage = usage;
    }

    /** The ids of all sites. */
    List<String> names() {
        return usage.sites().stream().map(Site::site).toList();
    }

    /** Where the days of a site begin; nothing for a site that the control log does not know. */
    Optional<ZoneId> zone(String site) {
        return usage.findSite(site).map(Site::zone);
    }

    /** What may be on today's bill of a workspace; nothing on a site that the control log does not know. */
    List<String> items(PaidWorkspace workspace) {
        return zone(workspace.site()).stream()
                .flatMap(zone -> usage.items(workspace.workspaceId(), usage.today(zone), zone).stream())
                .map(ItemUse::item)
                .toList();
    }

    /** The days for which a site has a price of a category, ascending. */
    List<Integer> retentions(String site, String category) {
        return usage.retentions(site, category);
    }

    /** The same of each category that has any. */
    Map<String, List<Integer>> retentions(String site) {
        Map<String, List<Integer>> offered = new LinkedHashMap<>();
        CATEGORIES.forEach(category -> offered.put(category, retentions(site, category)));
        offered.values().removeIf(List::isEmpty);
        return offered;
    }

    /** Which cloud runs each site, without the sites that no cloud runs with which can be settled. */
    Map<String, SettlementMethod> clouds() {
        Map<String, SettlementMethod> clouds = new TreeMap<>();
        for (Site site : usage.sites()) {
            Arrays.stream(SettlementMethod.values())
                    .filter(method -> method.isCloud() && method.name().equals(site.cloud()))
                    .forEach(method -> clouds.put(site.site(), method));
        }
        return clouds;
    }
}
