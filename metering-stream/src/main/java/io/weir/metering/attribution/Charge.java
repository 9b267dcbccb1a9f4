package io.weir.metering.attribution;

import io.weir.metering.window.MeterSum;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What one account has to pay for on a day, before its price: a quantity of an item of a resource at a retention, and what
 * it came from.
 *
 * @param accountId who pays
 * @param resource the resource; empty for the workspace itself
 * @param item the item
 * @param retentionDays the retention; null for items without one
 * @param quantity base units of the item, exact, above 0
 * @param meters the totals it was computed from, sorted by meter
 * @param bindingSeqs the bindings of its windows, and of the one whose account is charged
 */
public record Charge(
        String accountId,
        String resource,
        Item item,
        @Nullable Integer retentionDays,
        BigDecimal quantity,
        List<MeterSum> meters,
        SortedSet<Long> bindingSeqs) {}
