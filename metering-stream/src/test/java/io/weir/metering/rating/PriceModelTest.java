package io.weir.metering.rating;

import static java.math.RoundingMode.HALF_UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.metering.rating.PriceModel.Flat;
import io.weir.metering.rating.PriceModel.Graduated;
import io.weir.metering.rating.PriceModel.PerPackage;
import io.weir.metering.rating.PriceModel.Tier;
import io.weir.metering.rating.PriceModel.Unit;
import io.weir.metering.rating.PriceModel.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How an amount follows from units, model by model (rules.md §6). */
class PriceModelTest {

    private static final BigDecimal ZERO = BigDecimal.ZERO;

    @ParameterizedTest
    @MethodSource("vectors")
    void costsWhatOtherEnginesState(JsonNode vector) {
        // Given
        PriceModel model = model(vector.get("model"));

        // When
        BigDecimal due = cost(model, decimal(vector, "units")).subtract(cost(model, decimal(vector, "before")));

        // Then
        assertThat(due).isEqualByComparingTo(decimal(vector, "amount"));
    }

    static List<JsonNode> vectors() throws IOException {
        try (InputStream vectors = PriceModelTest.class.getResourceAsStream("/price-vectors.json")) {
            List<JsonNode> list = new ArrayList<>();
            new ObjectMapper().readTree(vectors).forEach(list::add);
            return list;
        }
    }

    @ParameterizedTest
    @CsvSource({"0.000001, 0.0000006", "1, 0.6", "2.5, 1.50", "1e12, 600000000000"})
    void billsFractionsOfAUnit(BigDecimal units, BigDecimal amount) {
        assertThat(new Unit(new BigDecimal("0.6")).amount(units)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0.000001", "1", "1e12"})
    void aFlatPriceIsDueOnce(BigDecimal units) {
        assertThat(new Flat(BigDecimal.TEN).amount(units)).isEqualByComparingTo("10");
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0", "5, 0", "5.000001, 15", "15, 15", "15.000001, 30", "25, 30"})
    void aPackageIsDueFromItsFirstFractionBeyondTheFreeUnits(BigDecimal units, BigDecimal amount) {
        // Given
        PriceModel model = new PerPackage(BigDecimal.TEN, new BigDecimal("15"), new BigDecimal("5"));

        // When / Then
        assertThat(model.amount(units)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0.50001, 1.0", "1.5, 1.5"})
    void aPackageMayBeAFractionOfAUnit(BigDecimal units, BigDecimal amount) {
        // Given
        PriceModel model = new PerPackage(new BigDecimal("0.5"), new BigDecimal("0.5"), ZERO);

        // When / Then
        assertThat(model.amount(units)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"1, 103", "10, 130", "10.1, 230.2", "20, 250", "20.5, 250.5"})
    void graduatedTiersPriceEachPartAndAddTheirFlatPriceOnceBegun(BigDecimal units, BigDecimal amount) {
        // Given
        PriceModel model = new Graduated(
                List.of(tier("10", "3", "100"), tier("20", "2", "100"), new Tier(null, BigDecimal.ONE, ZERO)));

        // When / Then
        assertThat(model.amount(units)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"1, 103", "10, 130", "10.1, 70.2", "20, 90", "20.5, 20.5"})
    void volumeTiersPriceAllUnitsByTheTierThatHoldsThem(BigDecimal units, BigDecimal amount) {
        // Given
        PriceModel model = new Volume(
                List.of(tier("10", "3", "100"), tier("20", "2", "50"), new Tier(null, BigDecimal.ONE, ZERO)));

        // When / Then
        assertThat(model.amount(units)).isEqualByComparingTo(amount);
    }

    private static Tier tier(String upTo, String unitPrice, String flatPrice) {
        return new Tier(new BigDecimal(upTo), new BigDecimal(unitPrice), new BigDecimal(flatPrice));
    }

    /** Nothing used has no line, so it costs nothing, also where a tier has a flat price. */
    private static BigDecimal cost(PriceModel model, BigDecimal units) {
        return units.signum() == 0 ? ZERO : model.amount(units).setScale(2, HALF_UP);
    }

    private static PriceModel model(JsonNode model) {
        return switch (model.get("type").asText()) {
            case "unit" -> new Unit(decimal(model, "unit_price"));
            case "flat" -> new Flat(decimal(model, "flat_price"));
            case "package" ->
                new PerPackage(
                        decimal(model, "package_size"), decimal(model, "package_price"), decimal(model, "free_units"));
            case "graduated" -> new Graduated(tiers(model));
            case "volume" -> new Volume(tiers(model));
            default -> throw new IllegalArgumentException(model.toString());
        };
    }

    private static List<Tier> tiers(JsonNode model) {
        List<Tier> tiers = new ArrayList<>();
        for (JsonNode tier : model.get("tiers")) {
            BigDecimal upTo = tier.get("up_to").isNull() ? null : decimal(tier, "up_to");
            tiers.add(new Tier(upTo, decimal(tier, "unit_price"), decimal(tier, "flat_price")));
        }
        return tiers;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).asText());
    }
}
