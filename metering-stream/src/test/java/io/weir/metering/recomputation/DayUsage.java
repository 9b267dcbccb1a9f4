package io.weir.metering.recomputation;

import io.weir.metering.recomputation.LocalHours.Window;
import io.weir.metering.recomputation.Scenario.Aggregation;
import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Item;
import io.weir.metering.recomputation.Scenario.Meter;
import io.weir.metering.recomputation.Scenario.Reading;
import io.weir.metering.recomputation.Scenario.Term;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one resource of a workspace used on one billing day, and who pays for which part of it (rules.md §5 and §6).
 *
 * @param events those of this resource that fell into the day
 * @param windows all windows of the day in order of time, with usage or without
 */
record DayUsage(String resource, List<Event> events, List<Window> windows, Terms terms, Map<String, Meter> meters) {

    /** The account and the retention, in days, of a group; no retention for items without one. */
    record Group(String accountId, @Nullable Integer retentionDays) {}

    /** The quantities that an item is charged for, exact, in base units; a group that used nothing has none. */
    Map<Group, BigDecimal> quantities(Item item) {
        Map<Group, BigDecimal> quantities = new HashMap<>();
        windowsToCharge(item).forEach((group, charged) -> quantities.put(group, quantity(item, charged)));
        quantities.values().removeIf(quantity -> quantity.signum() == 0);
        return quantities;
    }

    private Map<Group, List<Window>> windowsToCharge(Item item) {
        List<Window> bound =
                windows.stream().filter(window -> terms.account(window) != null).toList();
        if (bound.isEmpty()) {
            return Map.of();
        }
        if (isDailyPeak(item)) {
            return Map.of(group(item, bound.get(bound.size() - 1)), bound);
        }
        Map<Group, List<Window>> groups = new HashMap<>();
        bound.forEach(window -> groups.computeIfAbsent(group(item, window), unknown -> new ArrayList<>())
                .add(window));
        return groups;
    }

    private Group group(Item item, Window bound) {
        return new Group(Objects.requireNonNull(terms.account(bound)), terms.retention(item, resource, bound));
    }

    private boolean isDailyPeak(Item item) {
        return item.maxOf().stream().flatMap(term -> term.sumOf().stream()).anyMatch(this::isLargest);
    }

    private boolean isLargest(String meter) {
        return Objects.requireNonNull(meters.get(meter)).aggregation() == Aggregation.MAX;
    }

    private BigDecimal quantity(Item item, List<Window> charged) {
        return item.maxOf().stream()
                .map(term -> quantity(term, charged))
                .reduce(BigDecimal::max)
                .orElseThrow();
    }

    private BigDecimal quantity(Term term, List<Window> charged) {
        BigInteger sum =
                term.sumOf().stream().map(meter -> total(meter, charged)).reduce(BigInteger.ZERO, BigInteger::add);
        return new BigDecimal(sum).divide(BigDecimal.valueOf(term.divideBy()));
    }

    private BigInteger total(String meter, List<Window> charged) {
        Stream<BigInteger> readings = events.stream()
                .filter(event -> charged.stream().anyMatch(window -> window.holds(event.occurredAt())))
                .flatMap(event -> event.readings().stream())
                .filter(reading -> reading.meter().equals(meter))
                .map(Reading::quantity)
                .map(BigInteger::valueOf);
        return readings.reduce(BigInteger.ZERO, isLargest(meter) ? BigInteger::max : BigInteger::add);
    }
}
