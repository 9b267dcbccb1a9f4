package io.weir.feecenter.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a price, step by step, from the words in which a line names its model. It is done again here and shares no code with
 * the one that made the line.
 *
 * @param steps in their order
 * @param sum what they come to, exact
 */
public record PriceSteps(List<Step> steps, BigDecimal sum) {

    /** What a step does, and its figures in their order. */
    public enum Kind {
        /** Units × unit price. */
        UNITS,
        /** The flat price, for any use. */
        FLAT,
        /** Units beyond the free ones, free units, packages begun, units in a package, package price. */
        PACKAGES,
        /** Units in this tier, unit price, flat price, end of the tier. */
        TIER,
        /** Units in this tier, unit price, flat price; the tier has no end. */
        LAST_TIER,
        /** All units, unit price, flat price, end of the tier that holds them. */
        WHOLE_TIER,
        /** All units, unit price, flat price; the tier that holds them has no end. */
        WHOLE_LAST_TIER
    }

    /**
     * A step.
     *
     * @param figures decimals without exponent and trailing zeros, as the kind says
     */
    public record Step(Kind kind, List<String> figures) {

        private static Step of(Kind kind, BigDecimal... figures) {
            return new Step(kind, Arrays.stream(figures).map(PriceSteps::plain).toList());
        }
    }

    private static final String NUMBER = "([0-9.]+)";
    private static final Pattern UNIT = Pattern.compile("unit " + NUMBER);
    private static final Pattern FLAT = Pattern.compile("flat " + NUMBER);
    private static final Pattern PACKAGE =
            Pattern.compile("package of %s at %s, %s free".formatted(NUMBER, NUMBER, NUMBER));
    private static final Pattern TIER = Pattern.compile("to ([0-9.]+|∞): %s \\+ %s".formatted(NUMBER, NUMBER));
    private static final String GRADUATED = "graduated ";
    private static final String VOLUME = "volume ";

    private record Tier(@Nullable BigDecimal end, BigDecimal unitPrice, BigDecimal flatPrice) {

        static List<Tier> all(String words) {
            return Arrays.stream(words.split("; ", -1)).map(Tier::read).toList();
        }

        private static Tier read(String words) {
            Matcher tier = TIER.matcher(words);
            if (!tier.matches()) {
                throw new IllegalArgumentException("no tier: " + words);
            }
            return new Tier("∞".equals(tier.group(1)) ? null : number(tier, 1), number(tier, 2), number(tier, 3));
        }

        private boolean holds(BigDecimal units) {
            return end == null || units.compareTo(end) <= 0;
        }

        private BigDecimal price(BigDecimal units) {
            return units.multiply(unitPrice).add(flatPrice);
        }

        private Step step(BigDecimal units, Kind withEnd, Kind withoutEnd) {
            return end == null
                    ? Step.of(withoutEnd, units, unitPrice, flatPrice)
                    : Step.of(withEnd, units, unitPrice, flatPrice, end);
        }
    }

    /** The steps for a quantity in units of its item; empty for a model that is not known here. */
    public static Optional<PriceSteps> of(String model, BigDecimal units) {
        Matcher unit = UNIT.matcher(model);
        Matcher flat = FLAT.matcher(model);
        Matcher sold = PACKAGE.matcher(model);
        if (unit.matches()) {
            return Optional.of(one(units.multiply(number(unit, 1)), Step.of(Kind.UNITS, units, number(unit, 1))));
        } else if (flat.matches()) {
            return Optional.of(one(number(flat, 1), Step.of(Kind.FLAT, number(flat, 1))));
        } else if (sold.matches()) {
            return Optional.of(packages(units, number(sold, 1), number(sold, 2), number(sold, 3)));
        } else if (model.startsWith(GRADUATED)) {
            return Optional.of(graduated(Tier.all(model.substring(GRADUATED.length())), units));
        } else if (model.startsWith(VOLUME)) {
            return Optional.of(volume(Tier.all(model.substring(VOLUME.length())), units));
        }
        return Optional.empty();
    }

    private static PriceSteps packages(BigDecimal units, BigDecimal size, BigDecimal price, BigDecimal free) {
        BigDecimal paid = units.subtract(free).max(BigDecimal.ZERO);
        BigDecimal begun = paid.divide(size, 0, RoundingMode.CEILING);
        return one(begun.multiply(price), Step.of(Kind.PACKAGES, paid, free, begun, size, price));
    }

    private static PriceSteps graduated(List<Tier> tiers, BigDecimal units) {
        List<Step> steps = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal from = BigDecimal.ZERO;
        for (Tier tier : tiers) {
            if (units.compareTo(from) <= 0) {
                break;
            }
            BigDecimal to = tier.end() == null ? units : units.min(tier.end());
            BigDecimal part = to.subtract(from);
            sum = sum.add(tier.price(part));
            steps.add(tier.step(part, Kind.TIER, Kind.LAST_TIER));
            from = to;
        }
        return new PriceSteps(steps, sum);
    }

    private static PriceSteps volume(List<Tier> tiers, BigDecimal units) {
        Tier tier = tiers.stream().filter(each -> each.holds(units)).findFirst().orElseThrow();
        return one(tier.price(units), tier.step(units, Kind.WHOLE_TIER, Kind.WHOLE_LAST_TIER));
    }

    private static PriceSteps one(BigDecimal sum, Step step) {
        return new PriceSteps(List.of(step), sum);
    }

    private static BigDecimal number(MatchResult found, int group) {
        return new BigDecimal(found.group(group));
    }

    /** The sum as a line has it: half up, to the minor unit. */
    public BigDecimal rounded() {
        return sum.setScale(2, RoundingMode.HALF_UP);
    }

    /** Without exponent and trailing zeros. */
    public static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
