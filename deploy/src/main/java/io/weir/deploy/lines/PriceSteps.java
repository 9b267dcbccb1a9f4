package io.weir.deploy.lines;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arithmetic of a price, step by step, from the words in which a line names its model.
 *
 * @param texts each step
 * @param sum what they come to, exact
 */
record PriceSteps(List<String> texts, BigDecimal sum) {

    private static final String NUMBER = "([0-9.]+)";
    private static final Pattern UNIT = Pattern.compile("unit " + NUMBER);
    private static final Pattern FLAT = Pattern.compile("flat " + NUMBER);
    private static final Pattern PACKAGE =
            Pattern.compile("package of %s at %s, %s free".formatted(NUMBER, NUMBER, NUMBER));
    private static final Pattern TIER = Pattern.compile("to ([0-9.]+|∞): %s \\+ %s".formatted(NUMBER, NUMBER));
    private static final String GRADUATED = "graduated ";
    private static final String VOLUME = "volume ";

    /** A tier: its end, null for none, and its prices. */
    private record Tier(Optional<BigDecimal> end, BigDecimal unitPrice, BigDecimal flatPrice) {

        static List<Tier> all(String words) {
            return Arrays.stream(words.split("; ", -1)).map(Tier::read).toList();
        }

        private static Tier read(String words) {
            Matcher tier = TIER.matcher(words);
            if (!tier.matches()) {
                throw new IllegalArgumentException("no tier: " + words);
            }
            return new Tier(
                    Optional.of(tier.group(1)).filter(end -> !end.equals("∞")).map(BigDecimal::new),
                    number(tier, 2),
                    number(tier, 3));
        }

        private String name() {
            return end.map(last -> "to " + plain(last)).orElse("without end");
        }
    }

    /** The steps; empty for words that are not known here. */
    static Optional<PriceSteps> of(String model, BigDecimal units) {
        Matcher unit = UNIT.matcher(model);
        Matcher flat = FLAT.matcher(model);
        Matcher sold = PACKAGE.matcher(model);
        if (unit.matches()) {
            return Optional.of(one(units.multiply(number(unit, 1)), "%s × %s".formatted(plain(units), unit.group(1))));
        } else if (flat.matches()) {
            return Optional.of(one(number(flat, 1), "one price for any use"));
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
        return one(
                begun.multiply(price),
                "%s units beyond %s free ones are %s packages of %s, begun ones counted: %s × %s"
                        .formatted(plain(paid), plain(free), plain(begun), plain(size), plain(begun), plain(price)));
    }

    private static PriceSteps graduated(List<Tier> tiers, BigDecimal units) {
        List<String> texts = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal from = BigDecimal.ZERO;
        for (Tier tier : tiers) {
            if (units.compareTo(from) <= 0) {
                break;
            }
            BigDecimal to = tier.end().map(units::min).orElse(units);
            BigDecimal part = to.subtract(from);
            sum = sum.add(part.multiply(tier.unitPrice())).add(tier.flatPrice());
            texts.add("%s of them in the tier %s: %s".formatted(plain(part), tier.name(), times(part, tier)));
            from = to;
        }
        return new PriceSteps(texts, sum);
    }

    private static PriceSteps volume(List<Tier> tiers, BigDecimal units) {
        Tier tier = tiers.stream()
                .filter(each -> each.end().map(end -> units.compareTo(end) <= 0).orElse(true))
                .findFirst()
                .orElseThrow();
        return one(
                units.multiply(tier.unitPrice()).add(tier.flatPrice()),
                "all of them at the tier %s: %s".formatted(tier.name(), times(units, tier)));
    }

    private static String times(BigDecimal units, Tier tier) {
        return "%s × %s + %s".formatted(plain(units), plain(tier.unitPrice()), plain(tier.flatPrice()));
    }

    private static PriceSteps one(BigDecimal sum, String text) {
        return new PriceSteps(List.of(text), sum);
    }

    private static BigDecimal number(MatchResult found, int group) {
        return new BigDecimal(found.group(group));
    }

    /** Without exponent and trailing zeros. */
    static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
