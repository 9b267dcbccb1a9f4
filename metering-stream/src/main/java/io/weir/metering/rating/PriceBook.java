package io.weir.metering.rating;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All prices, by what they are for and the billing day from which they apply (rules.md §6).
 *
 * @param version name of this version of the book
 * @param prices models by key and effective day
 */
public record PriceBook(String version, Map<Key, NavigableMap<LocalDate, PriceModel>> prices) {

    /** The book before the first one: no price at all. */
    public static final PriceBook EMPTY = new PriceBook("", Map.of());

    /**
     * What a price is for.
     *
     * @param currency the account's currency
     * @param group price group of the site
     * @param item the item
     * @param retentionDays the retention; null for items without one
     */
    public record Key(
            String currency,
            String group,
            String item,
            @Nullable Integer retentionDays) {}

    /** The price on a billing day: the one whose effective day is the latest not after it. */
    public Optional<Price> priceOn(LocalDate day, Key key) {
        NavigableMap<LocalDate, PriceModel> models = prices.getOrDefault(key, new TreeMap<>());
        return Optional.ofNullable(models.floorEntry(day))
                .map(entry -> new Price(version, entry.getKey(), entry.getValue()));
    }

    /** The earliest billing day on which a price of this book and of another may differ; empty if none does. */
    public Optional<LocalDate> firstDifference(PriceBook other) {
        TreeMap<LocalDate, Boolean> days = new TreeMap<>();
        differences(other, days);
        other.differences(this, days);
        return days.isEmpty() ? Optional.empty() : Optional.of(days.firstKey());
    }

    private void differences(PriceBook other, TreeMap<LocalDate, Boolean> days) {
        prices.forEach((key, models) -> models.forEach((day, model) -> {
            if (!model.equals(other.prices.getOrDefault(key, new TreeMap<>()).get(day))) {
                days.put(day, true);
            }
        }));
    }
}
