package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.weir.feecenter.settlement.CloudDueFilter;
import io.weir.feecenter.settlement.DetailGrouping;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which dues of cloud accounts a reader asked for in the address of a page. What cannot be read asks for nothing.
 *
 * @param first of this day and later ones
 * @param last of this day and earlier ones
 * @param by day or month
 * @param cloud number of a cloud account; null for all
 */
public record CloudFilter(
        LocalDate first,
        LocalDate last,
        DetailGrouping by,
        @Nullable Long cloud) {

    /** What was asked for; the whole month, by day, where nothing was. */
    static CloudFilter of(Context context, YearMonth month) {
        BillFilter days = BillFilter.of(context, month);
        boolean monthly = DetailGrouping.MONTH.name().equals(context.queryParam("by"));
        return new CloudFilter(
                days.first(),
                days.last(),
                monthly ? DetailGrouping.MONTH : DetailGrouping.DAY,
                Optional.ofNullable(context.queryParam("cloud"))
                        .filter(typed -> typed.matches("[0-9]{1,18}"))
                        .map(Long::valueOf)
                        .orElse(null));
    }

    /** The dues that fit, of the cloud accounts of this fee-center account; null for those of all. */
    CloudDueFilter dues(@Nullable String accountId) {
        return new CloudDueFilter(accountId, cloud, first, last, by);
    }

    /** Whether this cloud account is the one that is asked for. */
    public boolean isOf(long cloudAccountId) {
        return cloud != null && cloud == cloudAccountId;
    }

    /** The same in an address. */
    public String query() {
        return "first=%s&last=%s&by=%s&cloud=%s".formatted(first, last, by, cloud == null ? "" : cloud);
    }
}
