package io.weir.metering.recomputation;

import static java.util.Comparator.comparing;

import io.weir.metering.recomputation.DayUsage.Group;
import io.weir.metering.recomputation.Scenario.Item;
import io.weir.metering.recomputation.Scenario.Price;
import io.weir.metering.recomputation.Scenario.PriceBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The price book, and what a quantity costs by it (rules.md §6). */
record Prices(List<Price> entries) {

    private static final int DECIMALS_OF_CNY_AND_USD = 2;

    /** The prices of a book; none if it must be refused, since it contradicts itself or has a negative price. */
    static Prices of(PriceBook book) {
        Set<List<Object>> keysAndDays = new HashSet<>();
        boolean refused = book.entries().stream()
                .anyMatch(price -> price.model().isNegative() || !keysAndDays.add(keyAndDay(price)));
        return new Prices(refused ? List.of() : book.entries());
    }

    private static List<Object> keyAndDay(Price price) {
        return List.of(
                price.currency(),
                price.group(),
                price.item(),
                Optional.ofNullable(price.retentionDays()),
                price.effectiveFrom());
    }

    /** What a quantity in base units costs on a day, rounded once; empty without a price. */
    Optional<BigDecimal> amount(
            String currency, String priceGroup, Item item, Group group, LocalDate day, BigDecimal quantity) {
        return entries.stream()
                .filter(price -> price.currency().equals(currency))
                .filter(price -> price.group().equals(priceGroup))
                .filter(price -> price.item().equals(item.item()))
                .filter(price -> Objects.equals(price.retentionDays(), group.retentionDays()))
                .filter(price -> !price.effectiveFrom().isAfter(day))
                .max(comparing(Price::effectiveFrom))
                .map(price -> price.model().amount(quantity.divide(item.unit())))
                .map(exact -> exact.setScale(DECIMALS_OF_CNY_AND_USD, RoundingMode.HALF_UP));
    }
}
