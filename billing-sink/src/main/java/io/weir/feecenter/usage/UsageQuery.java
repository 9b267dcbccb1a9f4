package io.weir.feecenter.usage;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What workspaces used, for people to look at: at most {@link HourlyUsage#KEPT} back, and as far as metering has told. An hour is
 * told after its end, so that the present one is missing.
 */
public final class UsageQuery {

    /** Peaks of a day are the largest hour of each resource, whose lines are separate (rules.md §5, §7). */
    private static final String DAY = """
            SELECT meter, sum(value) AS value FROM (
                SELECT meter, CASE aggregation WHEN 'MAX' THEN max(value) ELSE sum(value) END AS value
                FROM hourly_usage JOIN catalogue_meter USING (meter)
                WHERE workspace_id = :workspace AND window_start >= :from AND window_start < :to
                GROUP BY meter, resource, aggregation) AS of_resource
            GROUP BY meter ORDER BY meter COLLATE "C"
            """;

    private static final String HOURS = """
            SELECT window_start AS start, window_end AS "end", meter, sum(value) AS value FROM hourly_usage
            WHERE workspace_id = :workspace AND window_start >= :from AND window_start < :to AND meter = ANY (:meters)
            GROUP BY window_start, window_end, meter ORDER BY window_start, meter COLLATE "C"
            """;

    private static final String ITEMS = """
            SELECT item, meters, unit, combination = 'ADDED' AND (cardinality(meters) = 1 OR NOT EXISTS (
                SELECT FROM catalogue_meter WHERE meter = ANY (meters) AND aggregation = 'MAX')) AS plain_sum
            FROM catalogue_item
            WHERE effective_from = (SELECT max(effective_from) FROM catalogue_item WHERE effective_from <= :day)
            ORDER BY item COLLATE "C"
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /**
     * Over the ledger's database.
     *
     * @param clock says what today is
     */
    public UsageQuery(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** All sites, by their ids. */
    public List<Site> sites() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM site ORDER BY site COLLATE \"C\"")
                .map(UsageQuery::site)
                .list());
    }

    /** The site with this id, if the control log knows it. */
    public Optional<Site> findSite(String site) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM site WHERE site = :site")
                .bind("site", site)
                .map(UsageQuery::site)
                .findOne());
    }

    /** Where a workspace lives, if the control log knows both. */
    public Optional<Site> siteOf(String workspaceId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT site.* FROM site JOIN workspace_site USING (site) WHERE workspace_id = :workspace
                        """)
                .bind("workspace", workspaceId)
                .map(UsageQuery::site)
                .findOne());
    }

    private static Site site(ResultSet row, StatementContext context) throws SQLException {
        return new Site(
                row.getString("site"),
                ZoneId.of(row.getString("zone")),
                row.getString("price_group"),
                row.getString("cloud"));
    }

    /**
     * For how many days data of a category may be kept: those for which the newest price book has a price of the site's group,
     * ascending; empty for a category whose price does not depend on it.
     */
    public List<Integer> retentions(String site, String category) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT DISTINCT retention_days FROM priced_retention
                        WHERE price_group = (SELECT price_group FROM site WHERE site = :site) AND item IN (SELECT item FROM catalogue_item WHERE category = :category)
                        ORDER BY retention_days
                        """)
                .bind("site", site)
                .bind("category", category)
                .mapTo(Integer.class)
                .list());
    }

    /** The day that it is now in a zone. */
    public LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /**
     * What a workspace used in a day, or so far, by meter.
     *
     * @param day of {@code zone}
     */
    public List<MeterUse> meters(String workspaceId, LocalDate day, ZoneId zone) {
        return jdbi.withHandle(handle -> meters(handle, workspaceId, day, zone));
    }

    private static List<MeterUse> meters(Handle handle, String workspaceId, LocalDate day, ZoneId zone) {
        return handle.createQuery(DAY)
                .bind("workspace", workspaceId)
                .bind("from", start(day, zone))
                .bind("to", start(day.plusDays(1), zone))
                .map(ConstructorMapper.of(MeterUse.class))
                .list();
    }

    /**
     * What a workspace used in a day, or so far, of each item that the catalogue has that day.
     *
     * @param day of {@code zone}
     */
    public List<ItemUse> items(String workspaceId, LocalDate day, ZoneId zone) {
        return jdbi.withHandle(handle -> {
            Map<String, BigDecimal> used = meters(handle, workspaceId, day, zone).stream()
                    .collect(Collectors.toMap(MeterUse::meter, MeterUse::value));
            return itemsOn(handle, day).stream().map(item -> item.use(used)).toList();
        });
    }

    /**
     * The hours of a day in which a workspace used an item, by hour and meter; hours without use are left out.
     *
     * @param day of {@code zone}
     * @param item of the catalogue; one that it does not have that day has no hours
     */
    public List<HourUse> hours(String workspaceId, LocalDate day, ZoneId zone, String item) {
        return jdbi.withHandle(handle -> {
            List<String> meters = itemsOn(handle, day).stream()
                    .filter(known -> known.item().equals(item))
                    .flatMap(known -> known.meters().stream())
                    .toList();
            return handle.createQuery(HOURS)
                    .bind("workspace", workspaceId)
                    .bind("from", start(day, zone))
                    .bind("to", start(day.plusDays(1), zone))
                    .bindArray("meters", String.class, meters)
                    .map(ConstructorMapper.of(HourUse.class))
                    .list();
        });
    }

    private static List<Item> itemsOn(Handle handle, LocalDate day) {
        return handle.createQuery(ITEMS)
                .bind("day", day)
                .map((row, context) -> new Item(
                        row.getString("item"),
                        List.of((String[]) row.getArray("meters").getArray()),
                        row.getBigDecimal("unit"),
                        row.getBoolean("plain_sum")))
                .list();
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
