package io.weir.feecenter.account;

import io.weir.billing.RetentionChange;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The retention settings of commercial workspaces. The first change of a day, by the workspace's own calendar, counts at once; later
 * ones of that day count from the next day on, and the last of them is the one that counts then (fee-center-rules.md §2).
 */
public final class Retentions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

    private final Changes changes;
    private final InstantSource clock;
    private final Function<String, Optional<ZoneId>> zoneOfSite;
    private final BiFunction<String, String, List<Integer>> retentionsOfSite;

    /**
     * The settings in the database behind this source.
     *
     * @param zoneOfSite the time zone of a site, as the control log says
     * @param retentionsOfSite the days for which a site has a price of a category, as the control log says
     */
    public Retentions(
            DataSource source,
            InstantSource clock,
            Function<String, Optional<ZoneId>> zoneOfSite,
            BiFunction<String, String, List<Integer>> retentionsOfSite) {
        this.changes = new Changes(source);
        this.clock = clock;
        this.zoneOfSite = zoneOfSite;
        this.retentionsOfSite = retentionsOfSite;
    }

    /**
     * Sets for how long data is kept.
     *
     * @param by the owner
     * @param category of items, e.g. {@code logs}
     * @param resource the resource with a setting of its own; empty for the whole workspace
     * @param days one of those for which the workspace's site has a price
     * @return from when it counts
     * @throws AccountRefused if {@code by} is not the owner, the workspace not commercial, or the setting none
     */
    public RetentionSetting set(String workspaceId, String by, String category, String resource, int days) {
        requireNames(category, resource);
        return changes.make(handle -> {
            Workspaces.require(handle, workspaceId, by, Role.OWNER);
            Workspace workspace = Workspaces.requireCommercial(handle, workspaceId);
            requirePriced(workspace.site(), category, days);
            Changes.oneAtATime(handle, "retention of " + workspaceId);
            // Milliseconds, as on the control log.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant from = effectiveFrom(handle, workspace, category, resource, now);
            RetentionSetting setting = new RetentionSetting(category, resource, days, from);
            insert(handle, workspaceId, by, setting, now);
            return setting;
        });
    }

    private static void requireNames(String category, String resource) {
        boolean named = NAME.matcher(category).matches()
                && (resource.isEmpty() || NAME.matcher(resource).matches());
        if (!named) {
            throw new AccountRefused(Refusal.RETENTION_INVALID, "[%s] of [%s]".formatted(category, resource));
        }
    }

    private void requirePriced(String site, String category, int days) {
        List<Integer> priced = retentionsOfSite.apply(site, category);
        if (!priced.contains(days)) {
            throw new AccountRefused(
                    Refusal.RETENTION_INVALID,
                    "[%s]: %d days, of which site %s has no price; it has %s".formatted(category, days, site, priced));
        }
    }

    private Instant effectiveFrom(Handle handle, Workspace workspace, String category, String resource, Instant now) {
        ZoneId zone = zoneOfSite
                .apply(workspace.site())
                .orElseThrow(() -> new AccountRefused(
                        Refusal.NOT_FOUND, "site %s is not on the control log".formatted(workspace.site())));
        LocalDate today = now.atZone(zone).toLocalDate();
        boolean changedToday = lastSetAt(handle, workspace.workspaceId(), category, resource)
                .filter(last -> !last.isBefore(today.atStartOfDay(zone).toInstant()))
                .isPresent();
        return changedToday ? today.plusDays(1).atStartOfDay(zone).toInstant() : now;
    }

    private static Optional<Instant> lastSetAt(Handle handle, String workspaceId, String category, String resource) {
        return handle.createQuery("""
                        SELECT max(set_at) FROM retention_setting
                        WHERE workspace_id = :workspace AND category = :category AND resource = :resource
                        """)
                .bind("workspace", workspaceId)
                .bind("category", category)
                .bind("resource", resource)
                .mapTo(Instant.class)
                .findOne();
    }

    private static void insert(Handle handle, String workspaceId, String by, RetentionSetting setting, Instant now) {
        handle.createUpdate("""
                        INSERT INTO retention_setting
                               (workspace_id, category, resource, days, effective_from, set_by, set_at)
                        VALUES (:workspace, :category, :resource, :days, :effectiveFrom, :by, :now)
                        """)
                .bindMethods(setting)
                .bind("workspace", workspaceId)
                .bind("by", by)
                .bind("now", now)
                .execute();
        RetentionChange change = new RetentionChange(
                workspaceId, setting.category(), setting.resource(), setting.days(), setting.effectiveFrom());
        Outbox.add(handle, now, workspaceId, change);
    }

    /** All settings that were ever made, in their order. Of those that take effect in one window the last counts. */
    public List<RetentionSetting> history(String workspaceId) {
        return changes.read(handle -> handle.createQuery("""
                        SELECT category, resource, days, effective_from FROM retention_setting
                        WHERE workspace_id = :workspace ORDER BY setting_id
                        """)
                .bind("workspace", workspaceId)
                .map(ConstructorMapper.of(RetentionSetting.class))
                .list());
    }
}
