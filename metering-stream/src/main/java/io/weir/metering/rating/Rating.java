package io.weir.metering.rating;

import io.weir.billing.HoldReason;
import io.weir.metering.attribution.Charge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only place where a quantity becomes money (rules.md §6).
 *
 * @param book the price book
 * @param group price group of the workspace's site
 * @param currencyOf the currency of an account; null if the account is not known
 */
public record Rating(PriceBook book, String group, Function<String, @Nullable String> currencyOf) {

    /** What a charge of this billing day costs. */
    public Rated rate(LocalDate day, Charge charge) {
        String currency = currencyOf.apply(charge.accountId());
        if (currency == null) {
            return new Rated.Unpriced(charge, HoldReason.UNKNOWN_ACCOUNT, null);
        }
        PriceBook.Key key = new PriceBook.Key(currency, group, charge.item().item(), charge.retentionDays());
        return book.priceOn(day, key)
                .<Rated>map(price -> new Rated.Priced(charge, currency, price, amount(charge, price, currency)))
                .orElseGet(() -> new Rated.Unpriced(charge, HoldReason.NO_PRICE, currency));
    }

    private static BigDecimal amount(Charge charge, Price price, String currency) {
        BigDecimal units = charge.quantity().divide(charge.item().unit());
        return price.model().amount(units).setScale(minorUnit(currency), RoundingMode.HALF_UP);
    }

    private static int minorUnit(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }
}
