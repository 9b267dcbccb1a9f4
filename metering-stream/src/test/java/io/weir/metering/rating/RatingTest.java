package io.weir.metering.rating;

import static io.weir.metering.rating.Charges.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.HoldReason;
import io.weir.metering.rating.PriceModel.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The only place where a quantity becomes money (rules.md §6). */
class RatingTest {

    private final NavigableMap<LocalDate, PriceModel> prices = new TreeMap<>();
    private final Rating rating = new Rating(
            new PriceBook("7", Map.of(new PriceBook.Key("CNY", "CN", "log", 14), prices)),
            "CN",
            Map.of("acct_north", "CNY", "acct_south", "USD")::get);

    @ParameterizedTest
    @CsvSource({
        "0.5, 1000, 0.50",
        "0.5, 10, 0.01",
        "0.5, 9.9, 0.00",
        "0.5, 9.999999, 0.00",
        "0.5, 30, 0.02",
        "0.5, 29.999999, 0.01",
        "0.000000000001, 1000, 0.00",
        "0, 1000, 0.00",
        "1000000000000, 1, 1000000000.00",
        "0.1, 12345.678, 1.23",
        "1, 1.005, 0.00",
        "1, 5.000, 0.01",
    })
    void roundsOnceHalfUpToTheMinorUnit(BigDecimal unitPrice, String records, String amount) {
        // Given
        prices.put(DAY, new Unit(unitPrice));

        // When
        Rated rated = rating.rate(DAY, Charges.log("acct_north", records));

        // Then
        assertThat(((Rated.Priced) rated).amount()).hasToString(amount);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01, 1", "2026-03-02, 2", "2026-03-09, 2", "2026-03-10, 3", "2199-12-31, 3"})
    void takesTheLatestPriceNotAfterTheBillingDay(LocalDate day, BigDecimal price) {
        // Given
        prices.put(LocalDate.parse("2026-01-01"), new Unit(new BigDecimal("1")));
        prices.put(LocalDate.parse("2026-03-02"), new Unit(new BigDecimal("2")));
        prices.put(LocalDate.parse("2026-03-10"), new Unit(new BigDecimal("3")));

        // When
        Rated rated = rating.rate(day, Charges.log("acct_north", "1000"));

        // Then
        assertThat(((Rated.Priced) rated).amount()).isEqualByComparingTo(price);
    }

    @Test
    void holdsWhatHasNoPriceYetOnTheDay() {
        // Given
        prices.put(DAY.plusDays(1), new Unit(BigDecimal.ONE));

        // When
        Rated rated = rating.rate(DAY, Charges.log("acct_north", "1000"));

        // Then
        assertThat(rated).isEqualTo(new Rated.Unpriced(Charges.log("acct_north", "1000"), HoldReason.NO_PRICE, "CNY"));
    }

    @Test
    void holdsWhatHasNoPriceInTheAccountsCurrency() {
        // Given
        prices.put(DAY, new Unit(BigDecimal.ONE));

        // When
        Rated rated = rating.rate(DAY, Charges.log("acct_south", "1000"));

        // Then
        assertThat(rated).isEqualTo(new Rated.Unpriced(Charges.log("acct_south", "1000"), HoldReason.NO_PRICE, "USD"));
    }

    @Test
    void holdsWhatAnUnknownAccountOwes() {
        // Given
        prices.put(DAY, new Unit(BigDecimal.ONE));

        // When
        Rated rated = rating.rate(DAY, Charges.log("acct_new", "1000"));

        // Then
        assertThat(rated)
                .isEqualTo(new Rated.Unpriced(Charges.log("acct_new", "1000"), HoldReason.UNKNOWN_ACCOUNT, null));
    }
}
