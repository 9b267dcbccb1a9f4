package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.weir.feecenter.settlement.DetailFilter;
import io.weir.feecenter.settlement.DetailGrouping;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which bill lines a reader asked for in the address of a page, and by what they are summed up there. What cannot be read asks for nothing.
 *
 * @param first of this day and later ones
 * @param last of this day and earlier ones
 * @param workspace id; empty for all
 * @param item of the catalogue; empty for all
 * @param site id, or {@link #NO_SITE}; empty for all
 * @param by what the lines are summed up by
 */
public record BillFilter(
        LocalDate first, LocalDate last, String workspace, String item, String site, DetailGrouping by) {

    /** Asks for workspaces that are known from lines only; no site has this id. */
    public static final String NO_SITE = "~";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

    /** What was asked for; the whole month where no days were. */
    static BillFilter of(Context context, YearMonth month) {
        LocalDate first = day(context, "first")
                .orElseGet(() ->
                        day(context, "last").map(last -> last.withDayOfMonth(1)).orElse(month.atDay(1)));
        LocalDate last = day(context, "last").orElse(YearMonth.from(first).atEndOfMonth());
        return new BillFilter(
                first, last, id(context, "workspace"), id(context, "item"), site(context), grouping(context));
    }

    private static Optional<LocalDate> day(Context context, String name) {
        return Words.day(asked(context, name));
    }

    private static String id(Context context, String name) {
        String asked = asked(context, name);
        return ID.matcher(asked).matches() ? asked : "";
    }

    private static String site(Context context) {
        return asked(context, "site").equals(NO_SITE) ? NO_SITE : id(context, "site");
    }

    private static DetailGrouping grouping(Context context) {
        String asked = asked(context, "by");
        return Arrays.stream(DetailGrouping.values())
                .filter(grouping -> grouping.name().equals(asked))
                .findFirst()
                .orElse(DetailGrouping.ITEM);
    }

    private static String asked(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).map(String::strip).orElse("");
    }

    /** The lines of this account that fit. */
    DetailFilter linesOf(String accountId) {
        DetailFilter lines = DetailFilter.ofAccount(accountId).between(first, last);
        DetailFilter ofItem = item.isEmpty() ? lines : lines.withItem(item);
        DetailFilter ofWorkspace = workspace.isEmpty() ? ofItem : ofItem.withWorkspace(workspace);
        return site.isEmpty() ? ofWorkspace : ofWorkspace.withSite(site.equals(NO_SITE) ? "" : site);
    }

    /** Of these lines those of one of their sums, summed up by what a reader would look at next. */
    BillFilter within(String sumOf) {
        return switch (by) {
            case MONTH ->
                within(YearMonth.parse(sumOf).atDay(1), YearMonth.parse(sumOf).atEndOfMonth(), DetailGrouping.DAY);
            case DAY -> within(LocalDate.parse(sumOf), LocalDate.parse(sumOf), DetailGrouping.WORKSPACE);
            case SITE ->
                new BillFilter(
                        first, last, workspace, item, sumOf.isEmpty() ? NO_SITE : sumOf, DetailGrouping.WORKSPACE);
            case WORKSPACE -> new BillFilter(first, last, sumOf, item, site, DetailGrouping.ITEM);
            case ITEM -> new BillFilter(first, last, workspace, sumOf, site, DetailGrouping.DAY);
        };
    }

    private BillFilter within(LocalDate from, LocalDate to, DetailGrouping next) {
        return new BillFilter(
                from.isBefore(first) ? first : from, to.isAfter(last) ? last : to, workspace, item, site, next);
    }

    /** The same in an address. */
    public String query() {
        return "first=%s&last=%s&workspace=%s&item=%s&site=%s&by=%s"
                .formatted(first, last, Pages.encoded(workspace), Pages.encoded(item), Pages.encoded(site), by);
    }
}
