package io.weir.feecenter.usage;

import java.math.BigDecimal;

/**
 * What a workspace on the Free plan used today of what it may use.
 *
 * @param item an item of the catalogue
 * @param limit base units a day; 0 if the plan is without this item
 * @param used base units, exact
 */
public record QuotaUse(String item, BigDecimal limit, BigDecimal used) {

    /** Whether the plan has no more of it today. */
    public boolean isFull() {
        return used.compareTo(limit) >= 0;
    }
}
