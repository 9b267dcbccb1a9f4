package io.weir.metering.recomputation;

import io.weir.metering.recomputation.PriceModel.Flat;
import io.weir.metering.recomputation.PriceModel.Graduated;
import io.weir.metering.recomputation.PriceModel.Packages;
import io.weir.metering.recomputation.PriceModel.Tier;
import io.weir.metering.recomputation.PriceModel.Unit;
import io.weir.metering.recomputation.PriceModel.Volume;
import io.weir.metering.recomputation.Scenario.Price;
import io.weir.metering.recomputation.Scenario.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A price book drawn by chance: all models of rules.md §6. */
record RandomPrices(Dice dice, Instant beginning) {

    /** The retentions, in days, that settings and prices name. */
    static final List<Integer> RETENTIONS = List.of(3, 7, 14, 30);

    /** A book in which some prices are missing and others change from one day to the next. */
    PriceBook draw() {
        List<Price> prices = new ArrayList<>();
        for (String currency : List.of("CNY", "USD")) {
            for (String group : List.of("CN", "INTL")) {
                RandomCatalogue.CATALOGUE.items().forEach(item -> {
                    List<@Nullable Integer> retentions =
                            item.category().isEmpty() ? Arrays.asList((Integer) null) : dice.some(RETENTIONS, 85);
                    retentions.forEach(days -> prices.addAll(prices(currency, group, item.item(), days)));
                });
            }
        }
        return new PriceBook("random", prices);
    }

    private List<Price> prices(String currency, String group, String item, @Nullable Integer retentionDays) {
        LocalDate first = LocalDate.ofInstant(beginning, ZoneOffset.UTC);
        return dice.some(List.of(first.minusDays(60), first, first.plusDays(1), first.plusDays(40)), 55).stream()
                .map(day -> new Price(currency, group, item, retentionDays, day, model()))
                .toList();
    }

    private PriceModel model() {
        return switch (dice.between(0, 5)) {
            case 0 -> new Flat(price());
            case 1 -> new Packages(decimal(1, 30, 1), price(), decimal(0, 40, 1));
            case 2 -> new Graduated(tiers());
            case 3 -> new Volume(tiers());
            default -> new Unit(price());
        };
    }

    /** With bounds that quantities often meet exactly. */
    private List<Tier> tiers() {
        List<BigDecimal> steps = Stream.of("0.25", "0.5", "1", "2.5", "25", "100")
                .map(BigDecimal::new)
                .toList();
        BigDecimal first = dice.oneOf(steps);
        return List.of(tier(first), tier(first.add(dice.oneOf(steps))), tier(null));
    }

    private Tier tier(@Nullable BigDecimal upTo) {
        return new Tier(upTo, price(), dice.chance(50) ? BigDecimal.ZERO : price());
    }

    private BigDecimal price() {
        return decimal(0, 2000, dice.between(0, 4));
    }

    private BigDecimal decimal(int least, int most, int decimals) {
        return BigDecimal.valueOf(dice.between(least, most), decimals);
    }
}
