package io.weir.metering.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an amount follows from a group's quantity in units of its item (rules.md §6). All prices are 0 or more. */
public sealed interface PriceModel {

    /** The exact amount of {@code units}, which are above 0. */
    BigDecimal amount(BigDecimal units);

    /** The model in words and figures, as a line shows it. */
    String describe();

    /** Units times price; fractions of a unit are billed. */
    record Unit(BigDecimal unitPrice) implements PriceModel {

        @Override
        public BigDecimal amount(BigDecimal units) {
            return units.multiply(unitPrice);
        }

        @Override
        public String describe() {
            return "unit " + unitPrice.toPlainString();
        }
    }

    /** One price for any use. */
    record Flat(BigDecimal flatPrice) implements PriceModel {

        @Override
        public BigDecimal amount(BigDecimal units) {
            return flatPrice;
        }

        @Override
        public String describe() {
            return "flat " + flatPrice.toPlainString();
        }
    }

    /** Whole packages, of units beyond the free ones. */
    record PerPackage(BigDecimal packageSize, BigDecimal packagePrice, BigDecimal freeUnits) implements PriceModel {

        @Override
        public BigDecimal amount(BigDecimal units) {
            BigDecimal paid = units.subtract(freeUnits).max(BigDecimal.ZERO);
            BigDecimal[] packages = paid.divideAndRemainder(packageSize);
            BigInteger begun = packages[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
            return packagePrice.multiply(
                    new BigDecimal(packages[0].toBigIntegerExact().add(begun)));
        }

        @Override
        public String describe() {
            return "package of %s at %s, %s free"
                    .formatted(packageSize.toPlainString(), packagePrice.toPlainString(), freeUnits.toPlainString());
        }
    }

    /**
     * A range of units: from the end of the tier before, exclusive, to {@code upTo}, inclusive.
     *
     * @param upTo last unit; null for no end
     * @param unitPrice price of a unit
     * @param flatPrice price once, as the model says
     */
    record Tier(@Nullable BigDecimal upTo, BigDecimal unitPrice, BigDecimal flatPrice) {

        boolean holds(BigDecimal units) {
            return upTo == null || units.compareTo(upTo) <= 0;
        }

        private String describe() {
            return "to %s: %s + %s"
                    .formatted(
                            upTo == null ? "∞" : upTo.toPlainString(),
                            unitPrice.toPlainString(),
                            flatPrice.toPlainString());
        }

        private static String describe(List<Tier> tiers) {
            return tiers.stream().map(Tier::describe).collect(Collectors.joining("; "));
        }
    }

    /** Each part of the units at its tier's price, and a tier's flat price once the units exceed its lower bound. */
    record Graduated(List<Tier> tiers) implements PriceModel {

        @Override
        public BigDecimal amount(BigDecimal units) {
            BigDecimal amount = BigDecimal.ZERO;
            BigDecimal lowerBound = BigDecimal.ZERO;
            for (Tier tier : tiers) {
                if (units.compareTo(lowerBound) <= 0) {
                    break;
                }
                BigDecimal end = tier.upTo() == null ? units : units.min(tier.upTo());
                amount = amount.add(end.subtract(lowerBound).multiply(tier.unitPrice()))
                        .add(tier.flatPrice());
                lowerBound = end;
            }
            return amount;
        }

        @Override
        public String describe() {
            return "graduated " + Tier.describe(tiers);
        }
    }

    /** All units at the price of the tier that holds them, plus that tier's flat price. */
    record Volume(List<Tier> tiers) implements PriceModel {

        @Override
        public BigDecimal amount(BigDecimal units) {
            Tier tier =
                    tiers.stream().filter(each -> each.holds(units)).findFirst().orElseThrow();
            return units.multiply(tier.unitPrice()).add(tier.flatPrice());
        }

        @Override
        public String describe() {
            return "volume " + Tier.describe(tiers);
        }
    }
}
