package io.weir.metering.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An item's quantity is its formula over totals, exact (rules.md §5). */
class ItemTest {

    private static final Item TRACE = item(new Item.Term(List.of("spans"), 10), new Item.Term(List.of("traces"), 1));
    private static final Item PAGE_VIEWS = item(
            new Item.Term(List.of("resources", "long_tasks", "errors", "actions"), 100),
            new Item.Term(List.of("page_views"), 1));

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "25, 2, 2.5",
        "25, 3, 3",
        "30, 3, 3",
        "1, 0, 0.1",
        "9223372036854775807, 0, 922337203685477580.7"
    })
    void chargesTheLargerOfTracesAndATenthOfTheSpans(BigInteger spans, BigInteger traces, BigDecimal quantity) {
        assertThat(quantity(TRACE, Map.of("spans", spans, "traces", traces))).isEqualByComparingTo(quantity);
    }

    @ParameterizedTest
    @CsvSource({"100, 20, 3, 0, 1, 1.23", "100, 20, 3, 0, 2, 2", "0, 0, 0, 1, 0, 0.01"})
    void chargesTheLargerOfPageViewsAndAHundredthOfTheRest(
            BigInteger resources,
            BigInteger longTasks,
            BigInteger errors,
            BigInteger actions,
            BigInteger pageViews,
            BigDecimal quantity) {
        // Given
        Map<String, BigInteger> totals = Map.of(
                "resources",
                resources,
                "long_tasks",
                longTasks,
                "errors",
                errors,
                "actions",
                actions,
                "page_views",
                pageViews);

        // When / Then
        assertThat(quantity(PAGE_VIEWS, totals)).isEqualByComparingTo(quantity);
    }

    @Test
    void isExactBeyond64Bits() {
        // Given
        BigInteger large = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);

        // When
        BigDecimal quantity = quantity(TRACE, Map.of("spans", large));

        // Then
        assertThat(quantity).isEqualByComparingTo("17014118346046923173168730371588410572.7");
    }

    @Test
    void namesAllMetersOfItsFormula() {
        assertThat(TRACE.meters()).containsExactlyInAnyOrder("spans", "traces");
    }

    private static BigDecimal quantity(Item item, Map<String, BigInteger> totals) {
        return item.quantity(meter -> totals.getOrDefault(meter, BigInteger.ZERO));
    }

    private static Item item(Item.Term... terms) {
        return new Item("item", "", List.of(terms), BigDecimal.ONE, null, false);
    }
}
