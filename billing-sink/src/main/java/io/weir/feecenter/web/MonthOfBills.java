package io.weir.feecenter.web;

import io.weir.feecenter.ledger.WorkspaceBills.DayCost;
import io.weir.feecenter.ledger.WorkspaceBills.ItemCost;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/**
 * What a workspace has cost in a month, net of all corrections.
 *
 * @param until the last day that is in it: of the present month yesterday
 * @param later whether there is a later month to look at
 */
public record MonthOfBills(
        YearMonth month, LocalDate until, boolean later, List<ItemCost> byItem, List<DayCost> byDay) {

    /** Defensive copies. */
    public MonthOfBills {
        byItem = List.copyOf(byItem);
        byDay = List.copyOf(byDay);
    }

    /** The currencies that were billed in: more than one where the account that pays has changed. */
    public List<String> currencies() {
        return byDay.stream().map(DayCost::currency).distinct().sorted().toList();
    }

    /** What the items came to in a currency. */
    public List<ItemCost> itemsIn(String currency) {
        return byItem.stream().filter(cost -> cost.currency().equals(currency)).toList();
    }

    /** What the days came to in a currency. */
    public List<DayCost> daysIn(String currency) {
        return byDay.stream().filter(cost -> cost.currency().equals(currency)).toList();
    }

    /** What the month comes to in a currency. */
    public BigDecimal sumIn(String currency) {
        return daysIn(currency).stream().map(DayCost::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
