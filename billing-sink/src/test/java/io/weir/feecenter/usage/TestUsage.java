package io.weir.feecenter.usage;

import io.weir.billing.Aggregation;
import io.weir.billing.CatalogueChange;
import io.weir.billing.FormulaTerm;
import io.weir.billing.ItemDefinition;
import io.weir.billing.MeterDefinition;
import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of the topics as metering and the control plane write them. */
final class TestUsage {

    static final String WORKSPACE = "wksp_tests";

    private TestUsage() {}

    /** One hour of a resource. */
    static MeteredUsage hour(String start, String resource, Map<String, String> totals) {
        Instant from = Instant.parse(start);
        List<MeterTotal> meters = totals.entrySet().stream()
                .map(total -> new MeterTotal(total.getKey(), total.getValue(), 1L, "0".repeat(32)))
                .toList();
        return new MeteredUsage(WORKSPACE, resource, from, from.plus(Duration.ofHours(1)), 1L, meters);
    }

    /** Series, logs and traces; logs in units of this size. */
    static CatalogueChange catalogue(String logUnit, @Nullable LocalDate from) {
        return new CatalogueChange(
                "1",
                from,
                List.of(
                        meter("series", Aggregation.MAX),
                        meter("log_records", Aggregation.SUM),
                        meter("spans", Aggregation.SUM),
                        meter("traces", Aggregation.SUM)),
                List.of(
                        item("timeseries", "metrics", "1000", List.of(term(1, "series"))),
                        item("log", "logs", logUnit, List.of(term(1, "log_records"))),
                        item("apm_trace", "tracing", "1000000", List.of(term(10, "spans"), term(1, "traces")))));
    }

    private static MeterDefinition meter(String meter, Aggregation aggregation) {
        return new MeterDefinition(meter, aggregation, 1_000_000_000_000L);
    }

    private static ItemDefinition item(String item, String category, String unit, List<FormulaTerm> formula) {
        return new ItemDefinition(item, category, formula, unit, 14);
    }

    private static FormulaTerm term(long divideBy, String meter) {
        return new FormulaTerm(List.of(meter), divideBy);
    }
}
