package io.weir.feecenter.billed;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was billed, as Prometheus is told: a double, good for a picture; the exact figures are in the ledger. */
public final class BilledMetrics {

    private final MultiGauge amounts;
    private final MultiGauge quantities;

    /** Registers the meters. */
    public BilledMetrics(MeterRegistry registry) {
        amounts = MultiGauge.builder("weir.ledger.billed.amount")
                .description("Sum of the amounts of all posted lines, in the currency")
                .register(registry);
        quantities = MultiGauge.builder("weir.ledger.billed.quantity")
                .description(
                        "Sum of the quantities of all posted lines, in base units, of which a priced unit has so many")
                .register(registry);
    }

    /**
     * Shows these sums and no others.
     *
     * @param unitByItem base units in a priced unit, as text
     */
    void show(List<Billed> billed, Map<String, String> unitByItem) {
        amounts.register(
                billed.stream()
                        .map(sum -> MultiGauge.Row.of(
                                Tags.of("currency", sum.currency(), "site", sum.site(), "item", sum.item()),
                                sum.amount()))
                        .collect(Collectors.toList()),
                true);
        Map<Tags, BigDecimal> inAnyCurrency = billed.stream()
                .collect(Collectors.toMap(
                        sum -> Tags.of(
                                "site",
                                sum.site(),
                                "item",
                                sum.item(),
                                "unit",
                                unitByItem.getOrDefault(sum.item(), Billed.UNKNOWN)),
                        Billed::quantity,
                        BigDecimal::add));
        quantities.register(
                inAnyCurrency.entrySet().stream()
                        .map(sum -> MultiGauge.Row.of(sum.getKey(), sum.getValue()))
                        .collect(Collectors.toList()),
                true);
    }
}
