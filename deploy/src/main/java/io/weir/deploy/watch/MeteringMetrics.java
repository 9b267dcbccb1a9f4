package io.weir.deploy.watch;

import io.weir.deploy.stack.Application;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the instances of the metering stream say of themselves in Prometheus' text format. */
public final class MeteringMetrics {

    private static final Pattern RECORDS = Pattern.compile("(?m)^weir_usage_records_total\\{([^}]*)} (\\S+)$");
    private static final Pattern PROCESSED =
            Pattern.compile("(?m)^kafka_stream_thread_process_total(?:\\{[^}]*})? (\\S+)$");

    private final List<Application> instances;

    /** Asks these instances; the list may grow. */
    public MeteringMetrics(List<Application> instances) {
        this.instances = instances;
    }

    /** Records by outcome, as the state has them: what a crash takes back is not counted. Empty while nothing answers. */
    public Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> counts = new TreeMap<>();
        RECORDS.matcher(text())
                .results()
                .forEach(found -> counts.merge(Outcome.labelled(found.group(1)), whole(found.group(2)), Long::sum));
        return counts;
    }

    /** Number of records of any outcome. */
    public long records() {
        return outcomes().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records that the stream has processed since its start, committed or not; zero while nothing answers. */
    public long processed() {
        return PROCESSED
                .matcher(text())
                .results()
                .mapToLong(thread -> whole(thread.group(1)))
                .sum();
    }

    private String text() {
        return instances.stream().map(instance -> instance.metrics().orElse("")).collect(Collectors.joining());
    }

    private static long whole(String number) {
        return new BigDecimal(number).longValueExact();
    }
}
