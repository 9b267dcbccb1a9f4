package io.weir.feecenter.usage;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.FormulaTerm;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the control log says of sites, workspaces, items and retentions, as far as people look at it. */
final class ControlCopy {

    private ControlCopy() {}

    /**
     * Takes one change over; others than these are passed over.
     *
     * @throws DateTimeException if the zone of a site is none
     * @throws NumberFormatException if the unit of an item is no decimal
     */
    static void take(Handle handle, Object change) {
        if (change instanceof SiteChange site) {
            takeSite(handle, site);
        } else if (change instanceof WorkspaceChange workspace) {
            takeWorkspace(handle, workspace);
        } else if (change instanceof CatalogueChange catalogue) {
            takeCatalogue(handle, catalogue);
        } else if (change instanceof PriceBookChange book) {
            takeRetentions(handle, book);
        }
    }

    /** The first zone and price group stay: what contradicts them is refused by the metering stream too. */
    private static void takeSite(Handle handle, SiteChange site) {
        handle.createUpdate("""
                        INSERT INTO site (site, zone, price_group, cloud) VALUES (:site, :zone, :group, :cloud)
                        ON CONFLICT (site) DO UPDATE SET cloud = EXCLUDED.cloud
                        WHERE (site.zone, site.price_group) = (EXCLUDED.zone, EXCLUDED.price_group)
                        """)
                .bind("site", site.getSite())
                .bind("zone", ZoneId.of(site.getZone()).getId())
                .bind("group", site.getGroup().name())
                .bind("cloud", site.getCloud())
                .execute();
    }

    private static void takeWorkspace(Handle handle, WorkspaceChange workspace) {
        handle.createUpdate("""
                        INSERT INTO workspace_site (workspace_id, site) VALUES (:workspace, :site) ON CONFLICT DO NOTHING
                        """)
                .bind("workspace", workspace.getWorkspaceId())
                .bind("site", workspace.getSite())
                .execute();
    }

    private static void takeCatalogue(Handle handle, CatalogueChange catalogue) {
        List<BigDecimal> units = catalogue.getItems().stream()
                .map(item -> new BigDecimal(item.getUnit()))
                .toList();
        catalogue.getMeters().forEach(meter -> takeMeter(handle, meter));
        handle.createUpdate("""
                        DELETE FROM catalogue_item WHERE effective_from = coalesce(CAST(:from AS date), DATE '-infinity')
                        """).bind("from", catalogue.getEffectiveFrom()).execute();
        for (int index = 0; index < units.size(); index++) {
            takeItem(handle, catalogue.getEffectiveFrom(), catalogue.getItems().get(index), units.get(index));
        }
    }

    private static void takeMeter(Handle handle, MeterDefinition meter) {
        boolean peak = meter.getAggregation() == Aggregation.MAX;
        handle.createUpdate("""
                        INSERT INTO catalogue_meter (meter, aggregation) VALUES (:meter, :aggregation) ON CONFLICT DO NOTHING
                        """)
                .bind("meter", meter.getMeter())
                .bind("aggregation", peak ? "MAX" : "SUM")
                .execute();
    }

    private static void takeItem(Handle handle, @Nullable LocalDate from, ItemDefinition item, BigDecimal unit) {
        handle.createUpdate("""
                        INSERT INTO catalogue_item
                               (effective_from, item, category, meters, combination, unit, default_retention_days)
                        VALUES (coalesce(CAST(:from AS date), DATE '-infinity'), :item, :category, :meters, :combination,
                                :unit, :days)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("from", from)
                .bind("item", item.getItem())
                .bind("category", item.getCategory())
                .bindArray("meters", String.class, metersOf(item))
                .bind("combination", isPlainSum(item) ? "ADDED" : "OTHER")
                .bind("unit", unit)
                .bind("days", item.getDefaultRetentionDays())
                .execute();
    }

    private static List<String> metersOf(ItemDefinition item) {
        return item.getMaxOf().stream()
                .flatMap(term -> term.getSumOf().stream())
                .distinct()
                .toList();
    }

    /** Only such a formula is followed here; whatever divides or compares is left to the metering stream. */
    private static boolean isPlainSum(ItemDefinition item) {
        List<FormulaTerm> terms = item.getMaxOf();
        return terms.size() == 1 && terms.get(0).getDivideBy() == 1;
    }

    private static void takeRetentions(Handle handle, PriceBookChange book) {
        handle.execute("DELETE FROM priced_retention");
        book.getEntries().stream()
                .filter(entry -> entry.getRetentionDays() != null)
                .forEach(entry -> takeRetention(handle, entry));
    }

    private static void takeRetention(Handle handle, PriceEntry entry) {
        handle.createUpdate("""
                        INSERT INTO priced_retention (price_group, item, retention_days) VALUES (:group, :item, :days)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("group", entry.getGroup().name())
                .bind("item", entry.getItem())
                .bind("days", entry.getRetentionDays())
                .execute();
    }
}
