package io.weir.metering.recomputation;

import io.weir.metering.recomputation.Scenario.Aggregation;
import io.weir.metering.recomputation.Scenario.Catalogue;
import io.weir.metering.recomputation.Scenario.Item;
import io.weir.metering.recomputation.Scenario.Meter;
import io.weir.metering.recomputation.Scenario.Term;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogue of the random scenarios: each kind of formula once, with and without retention. */
final class RandomCatalogue {

    /** Largest quantity of one event for the meters of {@link #METERS}, and for {@code vast} the largest a record can hold. */
    static final int LIMIT = 100_000;

    /** Names of all meters but {@code vast}. */
    static final List<String> METERS = List.of("log_records", "spans", "traces", "calls", "series", "hosts");

    static final Catalogue CATALOGUE = new Catalogue(
            List.of(
                    meter("log_records", Aggregation.SUM),
                    meter("spans", Aggregation.SUM),
                    meter("traces", Aggregation.SUM),
                    meter("calls", Aggregation.SUM),
                    meter("series", Aggregation.MAX),
                    meter("hosts", Aggregation.MAX),
                    new Meter("vast", Aggregation.SUM, BigInteger.valueOf(Long.MAX_VALUE))),
            List.of(
                    item("log", "logs", 14, 1000, term(1, "log_records")),
                    item("trace", "tracing", 7, 500, term(10, "spans"), term(1, "traces")),
                    item("timeseries", "metrics", 7, 100, term(1, "series")),
                    item("call", "", null, 10, term(4, "calls")),
                    item("host", "", null, 1, term(1, "hosts")),
                    item("peak_and_sum", "", null, 8, term(5, "hosts", "calls"), term(1, "series")),
                    item("vast", "", null, 1_000_000_000, term(1, "vast"))));

    private RandomCatalogue() {}

    private static Meter meter(String name, Aggregation aggregation) {
        return new Meter(name, aggregation, BigInteger.valueOf(LIMIT));
    }

    private static Item item(String name, String category, @Nullable Integer defaultDays, long unit, Term... maxOf) {
        return new Item(name, category, List.of(maxOf), BigDecimal.valueOf(unit), defaultDays);
    }

    private static Term term(long divideBy, String... sumOf) {
        return new Term(List.of(sumOf), divideBy);
    }
}
