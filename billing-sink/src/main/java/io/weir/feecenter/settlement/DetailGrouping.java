package io.weir.feecenter.settlement;

/** What daily details are summed up by. */
public enum DetailGrouping {
    /** Its id. */
    WORKSPACE("workspace_id"),
    /** Its id in the catalogue. */
    ITEM("item"),
    /** The billing day, as {@code 2026-03-02}. */
    DAY("day::text"),
    /** Its id; empty for workspaces that are known from lines only. */
    SITE("coalesce(site, '')"),
    /** The calendar month of the billing day, as {@code 2026-03}. */
    MONTH("to_char(day, 'YYYY-MM')");

    private final String key;

    DetailGrouping(String key) {
        this.key = key;
    }

    /** The key in SQL, as text. */
    String key() {
        return key;
    }
}
