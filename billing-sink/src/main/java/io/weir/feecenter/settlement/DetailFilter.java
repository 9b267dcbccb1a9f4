package io.weir.feecenter.settlement;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are asked for; null is no condition. With an account or a workspace an index finds them, without either all lines are read.
 *
 * @param site where their workspaces live; empty for workspaces that are known from lines only
 * @param first of this day and later ones
 * @param last of this day and earlier ones
 */
public record DetailFilter(
        @Nullable String accountId,
        @Nullable String workspaceId,
        @Nullable String item,
        @Nullable String site,
        @Nullable LocalDate first,
        @Nullable LocalDate last) {

    /** All lines of an account. */
    public static DetailFilter ofAccount(String accountId) {
        return new DetailFilter(accountId, null, null, null, null, null);
    }

    /** All lines of a workspace, whoever pays. */
    public static DetailFilter ofWorkspace(String workspaceId) {
        return new DetailFilter(null, workspaceId, null, null, null, null);
    }

    /** Of these lines those of one item. */
    public DetailFilter withItem(String only) {
        return new DetailFilter(accountId, workspaceId, only, site, first, last);
    }

    /** Of these lines those of one workspace. */
    public DetailFilter withWorkspace(String only) {
        return new DetailFilter(accountId, only, item, site, first, last);
    }

    /** Of these lines those of one site; empty for workspaces that are known from lines only. */
    public DetailFilter withSite(String only) {
        return new DetailFilter(accountId, workspaceId, item, only, first, last);
    }

    /** Of these lines those from the first day to the last, both included. */
    public DetailFilter between(LocalDate from, LocalDate to) {
        return new DetailFilter(accountId, workspaceId, item, site, from, to);
    }

    /** The conditions that are set; only what is set stands in the query, so that the database can choose an index. */
    String where() {
        String conditions =
                values().keySet().stream().map(DetailFilter::condition).collect(Collectors.joining(" AND "));
        return conditions.isEmpty() ? "true" : conditions;
    }

    private static String condition(String name) {
        return switch (name) {
            case "site" -> "coalesce(site, '') = :site";
            case "first" -> "day >= :first";
            case "last" -> "day <= :last";
            default -> name + " = :" + name;
        };
    }

    /** The values in those conditions, by their names. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, "account_id", accountId);
        put(values, "workspace_id", workspaceId);
        put(values, "item", item);
        put(values, "site", site);
        put(values, "first", first);
        put(values, "last", last);
        return values;
    }

    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
