package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.weir.feecenter.settlement.DetailFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Which bill lines a reader asked for in the address of a page. What cannot be read asks for nothing.
 *
 * @param first of this day and later ones
 * @param last of this day and earlier ones
 * @param workspace id; empty for all
 * @param item of the catalogue; empty for all
 */
public record BillFilter(LocalDate first, LocalDate last, String workspace, String item) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

    /** What was asked for; the whole month where no days were. */
    static BillFilter of(Context context, YearMonth month) {
        LocalDate first = day(context, "first")
                .orElseGet(() ->
                        day(context, "last").map(last -> last.withDayOfMonth(1)).orElse(month.atDay(1)));
        LocalDate last = day(context, "last").orElse(YearMonth.from(first).atEndOfMonth());
        return new BillFilter(first, last, id(context, "workspace"), id(context, "item"));
    }

    private static Optional<LocalDate> day(Context context, String name) {
        return Words.day(asked(context, name));
    }

    private static String id(Context context, String name) {
        String asked = asked(context, name);
        return ID.matcher(asked).matches() ? asked : "";
    }

    private static String asked(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).map(String::strip).orElse("");
    }

    /** The lines of this account that fit. */
    DetailFilter linesOf(String accountId) {
        DetailFilter lines = DetailFilter.ofAccount(accountId).between(first, last);
        DetailFilter ofItem = item.isEmpty() ? lines : lines.withItem(item);
        return workspace.isEmpty() ? ofItem : ofItem.withWorkspace(workspace);
    }

    /** The same in an address. */
    public String query() {
        UnaryOperator<String> written = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);
        return "first=%s&last=%s&workspace=%s&item=%s"
                .formatted(first, last, written.apply(workspace), written.apply(item));
    }
}
