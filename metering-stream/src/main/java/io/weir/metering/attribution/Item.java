package io.weir.metering.attribution;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a bill charges for: a formula over meters (rules.md §5).
 *
 * @param item the item's name
 * @param category category of its retention settings; empty if it has none
 * @param terms the quantity is the largest of them
 * @param unit base units in one unit, which prices are for
 * @param defaultRetentionDays retention where no setting applies; null for items without one
 * @param peak whether it has a MAX meter, so that it is charged once per day
 */
public record Item(
        String item,
        String category,
        List<Term> terms,
        BigDecimal unit,
        @Nullable Integer defaultRetentionDays,
        boolean peak) {

    /**
     * A sum of meters, divided.
     *
     * @param meters names of meters
     * @param divideBy a positive number without prime factors other than 2 and 5
     */
    public record Term(List<String> meters, long divideBy) {

        private BigDecimal of(Function<String, BigInteger> totals) {
            BigInteger sum = meters.stream().map(totals).reduce(BigInteger.ZERO, BigInteger::add);
            return new BigDecimal(sum).divide(BigDecimal.valueOf(divideBy));
        }
    }

    /** All meters of the formula. */
    public Set<String> meters() {
        return terms.stream().flatMap(term -> term.meters().stream()).collect(Collectors.toSet());
    }

    /** The quantity that these totals of meters come to, exact, in base units. */
    public BigDecimal quantity(Function<String, BigInteger> totals) {
        return terms.stream()
                .map(term -> term.of(totals))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
