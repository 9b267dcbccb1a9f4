package io.weir.deploy.scenario;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.FlatModel;
import io.weir.billing.FormulaTerm;
import io.weir.billing.GraduatedModel;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.billing.PackageModel;
import io.weir.billing.PriceBookChange;
import io.weir.billing.PriceEntry;
import io.weir.billing.PriceGroup;
import io.weir.billing.PriceTier;
import io.weir.billing.UnitModel;
import io.weir.billing.VolumeModel;

/** What comes in whole versions: the catalogue and the price book as records of the control topic. */
final class Versions {

    private static final String FIRST_VERSION = "1";

    private Versions() {}

    /** The catalogue. Its file names no version unless there are several. */
    static ControlEntry catalogue(Part catalogue) {
        return ControlRecords.entry(
                catalogue,
                "catalogue",
                new CatalogueChange(
                        catalogue.textOr(FIRST_VERSION, "version"),
                        catalogue.dayOrNull("effective_from"),
                        catalogue.each("meters", Versions::meter),
                        catalogue.each("items", Versions::item)));
    }

    private static MeterDefinition meter(Part meter) {
        meter.passOver("base_unit");
        return new MeterDefinition(
                meter.text("meter"), meter.oneOf(Aggregation.class, "aggregation"), meter.number("limit_per_event"));
    }

    private static ItemDefinition item(Part item) {
        return new ItemDefinition(
                item.text("item"),
                item.text("category"),
                item.each("max_of", Versions::term),
                item.text("unit"),
                item.smallNumberOrNull("default_retention_days"));
    }

    private static FormulaTerm term(Part term) {
        return new FormulaTerm(term.texts("sum_of"), term.number("divide_by"));
    }

    static ControlEntry priceBook(Part book) {
        return ControlRecords.entry(
                book, "price-book", new PriceBookChange(book.text("version"), book.each("entries", Versions::entry)));
    }

    private static PriceEntry entry(Part entry) {
        return new PriceEntry(
                entry.text("currency"),
                entry.oneOf(PriceGroup.class, "group"),
                entry.text("item"),
                entry.smallNumberOrNull("retention_days"),
                entry.day("effective_from"),
                entry.object("model", Versions::model));
    }

    private static Object model(Part model) {
        String type = model.text("type");
        return switch (type) {
            case "unit" -> new UnitModel(model.text("unit_price"));
            case "flat" -> new FlatModel(model.text("flat_price"));
            case "package" ->
                new PackageModel(model.text("package_size"), model.text("package_price"), model.text("free_units"));
            case "graduated" -> new GraduatedModel(model.each("tiers", Versions::tier));
            case "volume" -> new VolumeModel(model.each("tiers", Versions::tier));
            default -> unknown(model, type);
        };
    }

    private static Object unknown(Part model, String type) {
        model.wrong("type", "no price model '%s'; there are unit, flat, package, graduated, volume".formatted(type));
        return new FlatModel("0");
    }

    private static PriceTier tier(Part tier) {
        return new PriceTier(tier.textOrNull("up_to"), tier.text("unit_price"), tier.textOr("0", "flat_price"));
    }
}
