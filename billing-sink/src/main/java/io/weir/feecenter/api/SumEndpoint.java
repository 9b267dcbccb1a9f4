package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.settlement.DetailFilter;
import io.weir.feecenter.settlement.DetailGrouping;
import io.weir.feecenter.settlement.DetailQuery;
import io.weir.feecenter.settlement.DetailSum;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What an account owes, summed up by workspace, item, day, site or month, with what paid for it. */
final class SumEndpoint {

    private static final List<Key> ORDER = List.of(Key.text("of"));

    private final DetailQuery details;

    SumEndpoint(DataSource source) {
        this.details = new DetailQuery(source);
    }

    /** There are few sums for many lines, so all of them are made for each page. */
    Page<SumRow> sums(Context context, ApiToken caller) {
        Parameters asked = Parameters.ofList(context, "by", "first", "last", "workspace", "item");
        String behind = behind(asked);
        int limit = asked.limit();
        List<DetailSum> sums =
                details.sums(filter(asked, caller), asked.oneOf("by", DetailGrouping.class, DetailGrouping.ITEM));
        return Page.of(DetailSum.behind(behind, sums).stream().map(SumRow::of).toList(), limit, SumRow::place);
    }

    private static @Nullable String behind(Parameters asked) {
        return asked.cursor()
                .map(cursor -> Cursor.place(cursor, ORDER).get(0).toString())
                .orElse(null);
    }

    private static DetailFilter filter(Parameters asked, ApiToken caller) {
        return new DetailFilter(
                caller.accountId(),
                asked.id("workspace").orElse(null),
                asked.id("item").orElse(null),
                null,
                asked.day("first", Parameters.FIRST_DAY),
                asked.day("last", Parameters.LAST_DAY));
    }
}
