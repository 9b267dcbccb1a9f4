package io.weir.feecenter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceStepsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unit 1.2                                   | 2    | 2.4",
                "flat 3                                     | 7    | 3",
                "package of 20 at 7, 10 free                | 50   | 14",
                "package of 20 at 7, 10 free                | 51   | 21",
                "package of 20 at 7, 10 free                | 5    | 0",
                "graduated to 10: 5 + 0; to ∞: 4 + 2        | 10   | 50",
                "graduated to 10: 5 + 0; to ∞: 4 + 2        | 10.5 | 54",
                "volume to 10: 5 + 1; to ∞: 4 + 2           | 10   | 51",
                "volume to 10: 5 + 1; to ∞: 4 + 2           | 11   | 46"
            })
    void theStepsComeToWhatTheModelCosts(String model, BigDecimal units, BigDecimal sum) {
        assertThat(PriceSteps.of(model.strip(), units)).isPresent().get().satisfies(steps -> {
            assertThat(steps.sum()).isEqualByComparingTo(sum);
            assertThat(steps.steps()).isNotEmpty();
        });
    }

    @Test
    void aModelThatIsNotKnownHasNoSteps() {
        assertThat(PriceSteps.of("auction 1", BigDecimal.ONE)).isEmpty();
    }
}
