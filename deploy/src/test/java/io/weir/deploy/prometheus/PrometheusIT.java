package io.weir.deploy.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.deploy.stack.Application;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.MeteringMetrics;
import io.weir.wire.AvroSerializer;
import io.weir.wire.Topics;
import io.weir.wire.TrustedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus with what is shipped watches the real applications under load, over a kill, and when something is wrong. */
@Tag("installed")
class PrometheusIT {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int PARTITIONS = 2;
    private static final Pattern METRIC = Pattern.compile("\\b(?:weir|kafka|jvm|process)_[a-z0-9_]+\\b");
    private static final String FIRED = "count by (alertname) (max_over_time(ALERTS{alertstate=\"firing\"}[30m]))";

    @TempDir
    Path folder;

    @Test
    void everyPanelShowsSomethingAndOnlyTheAlertFiresWhoseCauseIsThere() throws Exception {
        try (Stack stack = Stack.start(DataFolder.openNew(folder.resolve("stack")), PARTITIONS);
                LiveTraffic traffic = new LiveTraffic(stack, Files.createDirectory(folder.resolve("world")))) {
            Pipeline pipeline = Pipeline.start(stack);
            MeteringMetrics metered = new MeteringMetrics(pipeline.meterings());
            long past = traffic.start();
            await().atMost(PATIENCE).until(() -> metered.records() >= past);
            try (PrometheusServer prometheus = new PrometheusServer(
                    folder,
                    pipeline.metering().metricsUrl(),
                    pipeline.feeCenter().metricsUrl())) {
                everyPanelShowsSomething(prometheus);
                everyMetricThatIsNamedIsThere(pipeline);
                weirsNamesAreClean(pipeline);
                aKillAlarmsNobody(prometheus, pipeline.metering());
                aStoppedAccountAlarmsAndNothingElse(prometheus, stack);
            }
        }
    }

    private static void everyPanelShowsSomething(PrometheusServer prometheus) {
        List<Dashboard.Query> unseen = new ArrayList<>(Dashboard.shipped().stream()
                .flatMap(it -> it.queries().stream())
                .toList());
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            unseen.removeIf(query -> hasAnswer(prometheus, query.promQl()));
            assertThat(unseen).isEmpty();
        });
    }

    private static boolean hasAnswer(PrometheusServer prometheus, String promQl) {
        try {
            return !prometheus.query(promQl).isEmpty();
        } catch (IOException notUpYet) {
            return false;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static void everyMetricThatIsNamedIsThere(Pipeline pipeline) throws IOException {
        Set<String> scraped = new TreeSet<>();
        for (Application application : List.of(pipeline.metering(), pipeline.feeCenter())) {
            application.metrics().orElseThrow().lines().forEach(line -> scraped.add(line.split("[{ ]", 2)[0]));
        }
        assertThat(scraped).containsAll(named(Path.of("prometheus/weir.rules.yaml")));
        for (Path shipped : List.of(Path.of("grafana"), Path.of("runbook"))) {
            try (Stream<Path> files = Files.list(shipped)) {
                for (Path file : files.toList()) {
                    assertThat(scraped).as(file.toString()).containsAll(named(file));
                }
            }
        }
    }

    private static List<String> named(Path file) throws IOException {
        return METRIC.matcher(Files.readString(file))
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
    }

    /** Kafka's own names are known to break the rules of naming; a billing day is a thing that is counted, not a unit of time. */
    private static void weirsNamesAreClean(Pipeline pipeline) throws Exception {
        for (Application application : List.of(pipeline.metering(), pipeline.feeCenter())) {
            Promtool.Answer answer = Promtool.run(application.metrics().orElseThrow(), "check", "metrics");
            assertThat(answer.text()).doesNotContain("error while linting");
            assertThat(answer.text().lines())
                    .filteredOn(line -> line.startsWith("weir_"))
                    .allMatch(line -> line.matches("weir_(open|due|held)_days .* instead of \"days\""));
        }
    }

    private static void aKillAlarmsNobody(PrometheusServer prometheus, Application metering) throws Exception {
        // When
        metering.kill();
        metering.startAgain();

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        number(prometheus, "max(time() - max by (partition) (weir_partition_clock_seconds))") < 15);
        assertThat(prometheus.rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
            assertThat(rule.path("lastError").asText()).isEmpty();
        });
        assertThat(fired(prometheus)).isEmpty();
    }

    private static void aStoppedAccountAlarmsAndNothingElse(PrometheusServer prometheus, Stack stack) throws Exception {
        // When
        send(stack, lineWithAWrongId());

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(fired(prometheus)).containsExactly("WeirAccountStopped");
            assertThat(number(prometheus, "sum(weir_ledger_held_back_lines)")).isEqualTo(1);
        });
    }

    /** NaN where nothing answers. */
    private static double number(PrometheusServer prometheus, String promQl) throws IOException, InterruptedException {
        JsonNode samples = prometheus.query(promQl);
        return samples.isEmpty()
                ? Double.NaN
                : Double.parseDouble(samples.path(0).path("value").path(1).asText());
    }

    /** The alerts that have fired since the start. */
    private static List<String> fired(PrometheusServer prometheus) throws IOException, InterruptedException {
        return prometheus.query(FIRED).findValuesAsText("alertname");
    }

    private static BillLine lineWithAWrongId() {
        TrustedRecords.trust();
        return BillLine.newBuilder()
                .setLineId("0".repeat(32))
                .setDay(LocalDate.EPOCH)
                .setAccountId("acct_somebody")
                .setWorkspaceId("wksp_somebody")
                .setResource("")
                .setItem("log")
                .setRetentionDays(7)
                .setRevision(0)
                .setKind(LineKind.CLOSE)
                .setQuantity("1")
                .setAmount("1.00")
                .setCurrency("CNY")
                .setNetQuantity("1")
                .setNetAmount("1.00")
                .setPrice(null)
                .setMeters(List.of())
                .setFirstIngestedAt(null)
                .setLastIngestedAt(null)
                .setBindingSeqs(List.of(1L))
                .setControlOffset(0)
                .build();
    }

    private static void send(Stack stack, BillLine line) throws ExecutionException, InterruptedException {
        AvroSerializer<BillLine> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", stack.registry().url()), false);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.broker().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            String topic = Topics.BILL_LINES.name();
            producer.send(new ProducerRecord<>(
                            topic, line.getAccountId().getBytes(UTF_8), serializer.serialize(topic, line)))
                    .get();
        }
    }
}
