package io.weir.metering.recomputation;

import static java.math.RoundingMode.HALF_UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Amounts that other billing engines' own tests state for the models of rules.md §6. */
class PriceModelTest {

    /**
     * One stated amount.
     *
     * @param id names the engine (lago, om: OpenMeter, fp: Flexprice) and the case
     * @param before units that are billed already
     * @param units units that are known now
     * @param amount what is to be billed now: a correction unless {@code before} is 0
     */
    record Vector(String id, PriceModel model, BigDecimal before, BigDecimal units, BigDecimal amount) {}

    static List<Vector> vectors() throws IOException {
        try (InputStream vectors = PriceModelTest.class.getResourceAsStream("/price-vectors.json")) {
            return List.of(ScenarioJson.MAPPER.readValue(vectors, Vector[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void costsWhatOtherEnginesState(Vector vector) {
        // When
        BigDecimal due = cost(vector, vector.units()).subtract(cost(vector, vector.before()));

        // Then
        assertThat(due).isEqualByComparingTo(vector.amount());
    }

    /** Nothing used has no line, so it costs nothing, also where a tier has a flat price. */
    private static BigDecimal cost(Vector vector, BigDecimal units) {
        return units.signum() == 0
                ? BigDecimal.ZERO
                : vector.model().amount(units).setScale(2, HALF_UP);
    }
}
