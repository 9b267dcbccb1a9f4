package io.weir.metering.rating;

import io.weir.billing.HoldReason;
import io.weir.metering.attribution.Charge;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a charge costs: an amount, or the reason why that can't be said. */
public sealed interface Rated {

    /** What is charged. */
    Charge charge();

    /**
     * It has a price.
     *
     * @param charge what is charged
     * @param currency the account's currency
     * @param price the price applied
     * @param amount what the group costs, rounded to the currency's minor unit
     */
    record Priced(Charge charge, String currency, Price price, BigDecimal amount) implements Rated {}

    /**
     * It can't be priced and is not guessed.
     *
     * @param charge what is charged
     * @param reason what is missing
     * @param currency the account's currency; null while the account is unknown
     */
    record Unpriced(
            Charge charge, HoldReason reason, @Nullable String currency) implements Rated {}
}
