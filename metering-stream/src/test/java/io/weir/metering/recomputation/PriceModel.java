package io.weir.metering.recomputation;

import static java.math.BigDecimal.ZERO;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an amount of money follows from a number of units (rules.md §6): exact, not yet rounded. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PriceModel.Unit.class, name = "unit"),
    @JsonSubTypes.Type(value = PriceModel.Flat.class, name = "flat"),
    @JsonSubTypes.Type(value = PriceModel.Packages.class, name = "package"),
    @JsonSubTypes.Type(value = PriceModel.Graduated.class, name = "graduated"),
    @JsonSubTypes.Type(value = PriceModel.Volume.class, name = "volume")
})
public sealed interface PriceModel {

    /** What so many units, 0 or more, cost. */
    BigDecimal amount(BigDecimal units);

    /** Whether a price in it is below 0. */
    boolean isNegative();

    /** Units times price, fractions of a unit billed. */
    record Unit(BigDecimal unitPrice) implements PriceModel {
        @Override
        public BigDecimal amount(BigDecimal units) {
            return units.multiply(unitPrice);
        }

        @Override
        public boolean isNegative() {
            return unitPrice.signum() < 0;
        }
    }

    /** One price for any use. */
    record Flat(BigDecimal flatPrice) implements PriceModel {
        @Override
        public BigDecimal amount(BigDecimal units) {
            return units.signum() > 0 ? flatPrice : ZERO;
        }

        @Override
        public boolean isNegative() {
            return flatPrice.signum() < 0;
        }
    }

    /** Whole packages beyond the free units. */
    record Packages(BigDecimal packageSize, BigDecimal packagePrice, BigDecimal freeUnits) implements PriceModel {
        @Override
        public BigDecimal amount(BigDecimal units) {
            BigDecimal paid = units.subtract(freeUnits).max(ZERO);
            return paid.divide(packageSize, 0, RoundingMode.CEILING).multiply(packagePrice);
        }

        @Override
        public boolean isNegative() {
            return packagePrice.signum() < 0;
        }
    }

    /** A range of units: up to and with {@code upTo}, or without end. */
    record Tier(@Nullable BigDecimal upTo, BigDecimal unitPrice, BigDecimal flatPrice) {
        private boolean holds(BigDecimal units) {
            return upTo == null || units.compareTo(upTo) <= 0;
        }

        private boolean isNegative() {
            return unitPrice.signum() < 0 || flatPrice.signum() < 0;
        }
    }

    /** Each part of the units at its tier's price. */
    record Graduated(List<Tier> tiers) implements PriceModel {
        @Override
        public BigDecimal amount(BigDecimal units) {
            BigDecimal amount = ZERO;
            BigDecimal lower = ZERO;
            for (Tier tier : tiers) {
                if (units.compareTo(lower) <= 0) {
                    break;
                }
                BigDecimal upper = tier.upTo() == null ? units : units.min(tier.upTo());
                amount = amount.add(upper.subtract(lower).multiply(tier.unitPrice()))
                        .add(tier.flatPrice());
                lower = upper;
            }
            return amount;
        }

        @Override
        public boolean isNegative() {
            return tiers.stream().anyMatch(Tier::isNegative);
        }
    }

    /** All units at the price of the tier that holds them. */
    record Volume(List<Tier> tiers) implements PriceModel {
        @Override
        public BigDecimal amount(BigDecimal units) {
            Tier tier =
                    tiers.stream().filter(each -> each.holds(units)).findFirst().orElseThrow();
            return units.multiply(tier.unitPrice()).add(tier.flatPrice());
        }

        @Override
        public boolean isNegative() {
            return tiers.stream().anyMatch(Tier::isNegative);
        }
    }
}
