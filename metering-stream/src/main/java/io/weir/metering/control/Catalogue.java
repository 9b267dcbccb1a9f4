package io.weir.metering.control;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.metering.attribution.Item;
import io.weir.metering.intake.Checks;
import io.weir.metering.intake.MeterRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The meters, and the items by the billing day from which they are so (rules.md §1, §5).
 *
 * @param meters every meter there ever was, by name
 * @param items versions of all items by their first billing day
 */
public record Catalogue(Map<String, MeterRule> meters, NavigableMap<LocalDate, List<Item>> items) {

    /** The catalogue before the first one: no meter, no item. */
    public static final Catalogue EMPTY = new Catalogue(Map.of(), new TreeMap<>());

    /** The items that a bill of this day charges for. */
    public List<Item> itemsOn(LocalDate day) {
        Map.Entry<LocalDate, List<Item>> version = items.floorEntry(day);
        return version == null ? List.of() : version.getValue();
    }

    /**
     * This catalogue with another version.
     *
     * @throws Refused if the version contradicts a meter's aggregation or has a formula that is no finite decimal
     */
    Catalogue with(CatalogueChange change) {
        Map<String, MeterRule> allMeters = new HashMap<>(meters);
        for (MeterDefinition definition : change.getMeters()) {
            MeterRule rule = rule(definition);
            MeterRule before = allMeters.put(rule.meter(), rule);
            Refused.unless(
                    before == null || before.peak() == rule.peak(),
                    "meter %s: the aggregation never changes; recorded %s, not %s",
                    rule.meter(),
                    before == null ? "" : aggregation(before),
                    aggregation(rule));
        }
        NavigableMap<LocalDate, List<Item>> allItems = new TreeMap<>(items);
        allItems.put(firstDay(change), items(change, allMeters));
        return new Catalogue(allMeters, allItems);
    }

    private static List<Item> items(CatalogueChange change, Map<String, MeterRule> meters) {
        Set<String> names = new HashSet<>();
        change.getItems()
                .forEach(item ->
                        Refused.unless(names.add(item.getItem()), "item %s: twice in a version", item.getItem()));
        return change.getItems().stream().map(item -> item(item, meters)).toList();
    }

    static LocalDate firstDay(CatalogueChange change) {
        LocalDate from = change.getEffectiveFrom();
        return from == null ? LocalDate.MIN : from;
    }

    private static Aggregation aggregation(MeterRule rule) {
        return rule.peak() ? Aggregation.MAX : Aggregation.SUM;
    }

    private static MeterRule rule(MeterDefinition definition) {
        Refused.unless(Checks.isName(definition.getMeter()), "meter %s: not a name", definition.getMeter());
        Refused.unless(definition.getLimitPerEvent() >= 0, "meter %s: negative limit", definition.getMeter());
        boolean peak = definition.getAggregation() == Aggregation.MAX;
        return new MeterRule(definition.getMeter(), peak, definition.getLimitPerEvent());
    }

    private static Item item(ItemDefinition definition, Map<String, MeterRule> meters) {
        String name = definition.getItem();
        Refused.unless(Checks.isName(name), "item %s: not a name", name);
        Refused.unless(!definition.getMaxOf().isEmpty(), "item %s: no formula", name);
        Integer retention = definition.getDefaultRetentionDays();
        Refused.unless(retention == null || retention > 0, "item %s: a retention of %s days", name, retention);
        List<Item.Term> terms = definition.getMaxOf().stream()
                .map(term -> new Item.Term(List.copyOf(term.getSumOf()), term.getDivideBy()))
                .toList();
        for (Item.Term term : terms) {
            Refused.unless(
                    isFiniteDivisor(BigDecimal.valueOf(term.divideBy())),
                    "item %s: divide_by %s is not positive with the prime factors 2 and 5 only",
                    name,
                    term.divideBy());
            term.meters()
                    .forEach(meter ->
                            Refused.unless(meters.containsKey(meter), "item %s: unknown meter %s", name, meter));
        }
        BigDecimal unit = Refused.decimal(definition.getUnit(), "unit of item " + name);
        Refused.unless(
                isFiniteDivisor(unit),
                "item %s: unit %s is not positive with the prime factors 2 and 5 only",
                name,
                unit);
        boolean peak = terms.stream()
                .flatMap(term -> term.meters().stream())
                .map(meters::get)
                .anyMatch(meter -> Objects.requireNonNull(meter).peak());
        return new Item(name, definition.getCategory(), terms, unit, definition.getDefaultRetentionDays(), peak);
    }

    /** Whether every decimal divided by this one is a finite decimal. */
    private static boolean isFiniteDivisor(BigDecimal divisor) {
        if (divisor.signum() <= 0) {
            return false;
        }
        BigInteger rest = divisor.unscaledValue();
        for (BigInteger factor : List.of(BigInteger.TWO, BigInteger.valueOf(5))) {
            while (rest.mod(factor).signum() == 0) {
                rest = rest.divide(factor);
            }
        }
        return rest.equals(BigInteger.ONE);
    }
}
