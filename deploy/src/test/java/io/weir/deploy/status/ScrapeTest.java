package io.weir.deploy.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScrapeTest {

    private static final String ONE = """
            # HELP weir_partition_clock_seconds The partition's clock
            weir_partition_clock_seconds{partition="0"} 1.7725E9
            weir_partition_clock_seconds{partition="1"} NaN
            weir_usage_records_total{outcome="REJECTED",partition="0",reason="FUTURE"} 3.0
            weir_control_offset 212.0
            jvm_threads 4
            """;

    private static final String OTHER = """
            weir_partition_clock_seconds{partition="0"} NaN
            weir_partition_clock_seconds{partition="1"} 1.7726E9
            weir_usage_records_total{outcome="REJECTED",partition="0",reason="FUTURE"} 0.0
            weir_control_offset 211.0
            """;

    private final Scrape scrape = Scrape.of(List.of(ONE, OTHER));

    @Test
    void aPartitionIsToldByTheInstanceThatHasIt() {
        assertThat(scrape.largest("weir_partition_clock_seconds", sample -> sample.has("partition", 0)))
                .hasValue(1.7725E9);
        assertThat(scrape.largest("weir_partition_clock_seconds", sample -> sample.has("partition", 1)))
                .hasValue(1.7726E9);
        assertThat(scrape.sum("weir_usage_records_total", sample -> sample.has("reason", "FUTURE")))
                .hasValue(3);
    }

    @Test
    void whatNobodySaysIsNotZero() {
        assertThat(scrape.sum("weir_open_days")).isEmpty();
        assertThat(scrape.largest("weir_partition_clock_seconds", sample -> sample.has("partition", 2)))
                .isEmpty();
        assertThat(Figures.count(scrape.sum("weir_open_days"))).isEqualTo("?");
    }
}
