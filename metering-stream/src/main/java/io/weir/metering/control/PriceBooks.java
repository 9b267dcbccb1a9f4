package io.weir.metering.control;

import io.weir.billing.FlatModel;
import io.weir.billing.GraduatedModel;
import io.weir.billing.PackageModel;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceTier;
import io.weir.billing.UnitModel;
import io.weir.billing.VolumeModel;
import io.weir.metering.rating.PriceBook;
import io.weir.metering.rating.PriceModel;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a price book from its record; a book with a mistake is refused whole (rules.md §6). */
final class PriceBooks {

    private PriceBooks() {}

    /**
     * @throws Refused if two entries have one key and date, a price is negative, or tiers do not ascend to an open end
     */
    static PriceBook read(PriceBookChange change) {
        Map<PriceBook.Key, NavigableMap<LocalDate, PriceModel>> prices = new HashMap<>();
        for (PriceEntry entry : change.getEntries()) {
            PriceBook.Key key = new PriceBook.Key(
                    entry.getCurrency(), entry.getGroup().name(), entry.getItem(), entry.getRetentionDays());
            PriceModel before = prices.computeIfAbsent(key, any -> new TreeMap<>())
                    .put(entry.getEffectiveFrom(), model(entry.getModel(), key.toString()));
            Refused.unless(before == null, "two prices for %s from %s", key, entry.getEffectiveFrom());
        }
        return new PriceBook(change.getVersion(), prices);
    }

    private static PriceModel model(Object model, String key) {
        if (model instanceof UnitModel unit) {
            return new PriceModel.Unit(Refused.price(unit.getUnitPrice(), key));
        }
        if (model instanceof FlatModel flat) {
            return new PriceModel.Flat(Refused.price(flat.getFlatPrice(), key));
        }
        if (model instanceof PackageModel sold) {
            BigDecimal size = Refused.price(sold.getPackageSize(), key);
            Refused.unless(size.signum() > 0, "%s: a package of 0", key);
            return new PriceModel.PerPackage(
                    size, Refused.price(sold.getPackagePrice(), key), Refused.price(sold.getFreeUnits(), key));
        }
        if (model instanceof GraduatedModel graduated) {
            return new PriceModel.Graduated(tiers(graduated.getTiers(), key));
        }
        return new PriceModel.Volume(tiers(((VolumeModel) model).getTiers(), key));
    }

    private static List<PriceModel.Tier> tiers(List<PriceTier> tiers, String key) {
        BigDecimal end = BigDecimal.ZERO;
        for (int index = 0; index < tiers.size(); index++) {
            @Nullable String upTo = tiers.get(index).getUpTo();
            Refused.unless((upTo == null) == (index == tiers.size() - 1), "%s: only the last tier is open", key);
            if (upTo != null) {
                Refused.unless(Refused.price(upTo, key).compareTo(end) > 0, "%s: tiers do not ascend", key);
                end = Refused.price(upTo, key);
            }
        }
        Refused.unless(!tiers.isEmpty(), "%s: no tiers", key);
        return tiers.stream().map(tier -> tier(tier, key)).toList();
    }

    private static PriceModel.Tier tier(PriceTier tier, String key) {
        String upTo = tier.getUpTo();
        return new PriceModel.Tier(
                upTo == null ? null : Refused.price(upTo, key),
                Refused.price(tier.getUnitPrice(), key),
                Refused.price(tier.getFlatPrice(), key));
    }
}
