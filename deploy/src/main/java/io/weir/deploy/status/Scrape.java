package io.weir.deploy.status;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * What applications say of themselves in Prometheus' text format.
 *
 * @param samples all samples of all instances
 */
record Scrape(List<Sample> samples) {

    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One figure. */
    record Sample(String name, Map<String, String> labels, double value) {

        boolean has(String label, Object value) {
            return value.toString().equals(labels.get(label));
        }
    }

    /** Defensive copy. */
    Scrape {
        samples = List.copyOf(samples);
    }

    /** The samples of Weir's own metrics in the texts of some instances. */
    static Scrape of(List<String> texts) {
        return new Scrape(texts.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("weir_"))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(Scrape::sample)
                .toList());
    }

    private static Sample sample(Matcher found) {
        Map<String, String> labels = new TreeMap<>();
        if (found.group(2) != null) {
            LABEL.matcher(found.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(found.group(1), labels, number(found.group(3)));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    List<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The sum over the instances, of which only one has a partition; empty if nobody says anything. */
    OptionalDouble sum(String name, Predicate<Sample> those) {
        double[] values = values(name, those).toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(DoubleStream.of(values).sum());
    }

    OptionalDouble sum(String name) {
        return sum(name, any -> true);
    }

    /** The largest that an instance says; empty if nobody says anything. */
    OptionalDouble largest(String name, Predicate<Sample> those) {
        return values(name, those).max();
    }

    private DoubleStream values(String name, Predicate<Sample> those) {
        return of(name).stream().filter(those).mapToDouble(Sample::value).filter(value -> !Double.isNaN(value));
    }
}
