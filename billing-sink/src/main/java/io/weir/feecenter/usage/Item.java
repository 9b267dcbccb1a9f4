package io.weir.feecenter.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An item as it is on a day.
 *
 * @param plainSum whether its quantity is the sum of its meters, none of which is a peak unless it is the only one
 */
record Item(String item, List<String> meters, BigDecimal unit, boolean plainSum) {

    /**
     * What was used of it.
     *
     * @param valueByMeter base units; a meter that is missing was not used
     */
    ItemUse use(Map<String, BigDecimal> valueByMeter) {
        List<MeterUse> uses = meters.stream()
                .map(meter -> new MeterUse(meter, valueByMeter.getOrDefault(meter, BigDecimal.ZERO)))
                .toList();
        BigDecimal sum = uses.stream().map(MeterUse::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new ItemUse(item, unit, uses, plainSum ? Optional.of(sum) : Optional.empty());
    }
}
