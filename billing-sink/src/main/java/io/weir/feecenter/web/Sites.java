package io.weir.feecenter.web;

import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.usage.Site;
import io.weir.feecenter.usage.UsageQuery;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sites that the control log knows: their names, where their days begin, and which clouds run them. */
final class Sites {

    /** Those of which data is kept, as the catalogue names them. */
    private static final List<String> CATEGORIES = List.of("metrics", "logs", "tracing", "profiling", "rum");

    private final UsageQuery usage;

    /** The sites at the time of each question. */
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

    /** The days for which there is a price of a category on a site, ascending. */
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

    /** Which cloud runs each site; those of no cloud that settles are left out. */
    Map<String, SettlementMethod> clouds() {
        Map<String, SettlementMethod> all = new HashMap<>();
        usage.sites().forEach(site -> cloud(site.cloud()).ifPresent(cloud -> all.put(site.site(), cloud)));
        return all;
    }

    private static Optional<SettlementMethod> cloud(String name) {
        return Arrays.stream(SettlementMethod.values())
                .filter(method -> method.isCloud() && method.name().equals(name))
                .findFirst();
    }
}
