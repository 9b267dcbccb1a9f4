package io.weir.feecenter.web;

import io.weir.feecenter.settlement.DetailSum;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the bill lines that a reader asked for, a hundred on a page.
 *
 * @param shown those of the page at hand
 * @param total of all pages
 * @param last what the last sum of the page is of, behind which the next page begins; empty on the last page
 */
public record BillSums(List<BillSum> shown, DetailSum total, String last) {

    private static final int ROWS = 100;

    /** A copy that nobody changes. */
    public BillSums {
        shown = List.copyOf(shown);
    }

    /**
     * The page that begins behind one of these sums.
     *
     * @param all in their order, of one currency
     * @param behind what that sum is of; null for the first page
     */
    static BillSums page(List<DetailSum> all, String currency, @Nullable String behind, Naming naming) {
        List<DetailSum> rest = DetailSum.behind(behind, all);
        List<BillSum> shown = rest.stream().limit(ROWS).map(naming::named).toList();
        return new BillSums(
                shown,
                DetailSum.total("", currency, all),
                rest.size() > ROWS ? rest.get(ROWS - 1).of() : "");
    }

    /**
     * How sums are named.
     *
     * @param workspaceNames by their ids
     */
    record Naming(BillFilter filter, Map<String, String> workspaceNames, Words words) {

        private BillSum named(DetailSum sum) {
            return new BillSum(name(sum.of()), sum, filter.within(sum.of()));
        }

        private String name(String of) {
            return switch (filter.by()) {
                case WORKSPACE -> workspaceNames.getOrDefault(of, of);
                case ITEM -> words.item(of);
                case SITE -> of.isEmpty() ? words.of("bills.no-site") : of;
                case DAY, MONTH -> of;
            };
        }
    }
}
