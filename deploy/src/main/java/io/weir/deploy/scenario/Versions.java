package io.weir.deploy.scenario;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.weir.deploy.console.Failure;
import java.util.List;

/** What comes in whole versions: the catalogue and the price book of a scenario as records of the control topic. */
final class Versions {

    private static final String FIRST_VERSION = "1";

    private Versions() {}

    /** The catalogue. Its file names no version unless there are several. */
    static ControlChange catalogue(JsonNode catalogue) {
        return ControlRecords.change(
                "catalogue",
                new CatalogueChange(
                        Json.textOr(FIRST_VERSION, catalogue, "version"),
                        Json.dayOrNull(catalogue, "effective_from"),
                        Json.each(Json.field(catalogue, "meters"), Versions::meter),
                        Json.each(Json.field(catalogue, "items"), Versions::item)));
    }

    private static MeterDefinition meter(JsonNode meter) {
        return new MeterDefinition(
                Json.text(meter, "meter"),
                Aggregation.valueOf(Json.text(meter, "aggregation")),
                Json.number(meter, "limit_per_event"));
    }

    private static ItemDefinition item(JsonNode item) {
        return new ItemDefinition(
                Json.text(item, "item"),
                Json.text(item, "category"),
                Json.each(Json.field(item, "max_of"), Versions::term),
                Json.text(item, "unit"),
                Json.numberOrNull(item, "default_retention_days"));
    }

    private static FormulaTerm term(JsonNode term) {
        return new FormulaTerm(Json.each(Json.field(term, "sum_of"), JsonNode::asText), Json.number(term, "divide_by"));
    }

    static ControlChange priceBook(JsonNode book) {
        return ControlRecords.change(
                "price-book",
                new PriceBookChange(
                        Json.text(book, "version"), Json.each(Json.field(book, "entries"), Versions::entry)));
    }

    private static PriceEntry entry(JsonNode entry) {
        return new PriceEntry(
                Json.text(entry, "currency"),
                PriceGroup.valueOf(Json.text(entry, "group")),
                Json.text(entry, "item"),
                Json.numberOrNull(entry, "retention_days"),
                Json.day(entry, "effective_from"),
                model(Json.field(entry, "model")));
    }

    private static Object model(JsonNode model) {
        return switch (Json.text(model, "type")) {
            case "unit" -> new UnitModel(Json.text(model, "unit_price"));
            case "flat" -> new FlatModel(Json.text(model, "flat_price"));
            case "package" ->
                new PackageModel(
                        Json.text(model, "package_size"),
                        Json.text(model, "package_price"),
                        Json.text(model, "free_units"));
            case "graduated" -> new GraduatedModel(tiers(model));
            case "volume" -> new VolumeModel(tiers(model));
            default ->
                throw new Failure(
                        "No such price model: " + model + ". There are unit, flat, package, graduated, volume.");
        };
    }

    private static List<PriceTier> tiers(JsonNode model) {
        return Json.each(
                Json.field(model, "tiers"),
                tier -> new PriceTier(
                        Json.textOrNull(tier, "up_to"),
                        Json.text(tier, "unit_price"),
                        Json.textOr("0", tier, "flat_price")));
    }
}
