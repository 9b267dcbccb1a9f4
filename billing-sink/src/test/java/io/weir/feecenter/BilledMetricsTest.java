package io.weir.feecenter;

import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.FormulaTerm;
import io.weir.billing.ItemDefinition;
import io.weir.billing.WorkspaceChange;
import io.weir.feecenter.FeeCenterConfig.ErrandSettings;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.feecenter.FeeCenterConfig.Time;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestLines;
import io.weir.feecenter.ledger.TestTopic;
import io.weir.feecenter.web.ConsoleSettings;
import io.weir.wire.AvroSerializer;
import io.weir.wire.EmbeddedBroker;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import io.weir.wire.TopicNames;
import io.weir.wire.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see who watch the business: sums of what stands in the ledger. */
class BilledMetricsTest {

    private static final String REGISTRY = "mock://billed";
    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", EmbeddedBroker.shared().bootstrapServers());

    private final TestDatabase database = TestDatabase.migrated();
    private final TestTopic lines = new TestTopic(REGISTRY);
    private FeeCenter feeCenter;
    private CompletableFuture<Void> run;

    @BeforeEach
    void start() throws IOException {
        feeCenter = new FeeCenter(config());
        run = CompletableFuture.runAsync(feeCenter::run, work -> new Thread(work, "fee-center").start());
    }

    @AfterEach
    void stop() throws Exception {
        feeCenter.stop();
        run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        feeCenter.close();
        lines.close();
        database.close();
    }

    @Test
    void everyPostedLineCountsOnTheSiteOfItsWorkspace() throws Exception {
        // Given
        lines.issue(0, List.of(TestLines.line("acct_a", "log", "1.50"), TestLines.line("acct_b", "log", "2.25")));
        lines.issue(1, List.of(elsewhere(TestLines.line("acct_c", "log", "4.00"))));

        // When / Then
        shows("weir_ledger_billed_amount{currency=\"CNY\",item=\"log\",site=\"unknown\"} 7.75");
        shows("weir_ledger_billed_quantity{item=\"log\",site=\"unknown\",unit=\"unknown\"} 30.0");

        // When
        control(new WorkspaceChange("wksp_tests", "cn1"), new WorkspaceChange("wksp_elsewhere", "us1"), logs());

        // Then
        shows("weir_ledger_billed_amount{currency=\"CNY\",item=\"log\",site=\"cn1\"} 3.75");
        shows("weir_ledger_billed_amount{currency=\"CNY\",item=\"log\",site=\"us1\"} 4.0");
        shows("weir_ledger_billed_quantity{item=\"log\",site=\"cn1\",unit=\"1000000\"} 20.0");
        await().untilAsserted(() -> assertThat(metrics()).doesNotContain("site=\"unknown\"", "acct_", "wksp_"));

        // When
        lines.issue(0, List.of(TestLines.line("acct_a", "log", 1, "-0.50")));

        // Then
        shows("weir_ledger_billed_amount{currency=\"CNY\",item=\"log\",site=\"cn1\"} 3.25");
    }

    private static BillLine elsewhere(BillLine line) {
        return TestLines.withItsId(TestLines.but(line, it -> it.setWorkspaceId("wksp_elsewhere")));
    }

    private static CatalogueChange logs() {
        return new CatalogueChange(
                "1",
                null,
                List.of(),
                List.of(new ItemDefinition(
                        "log", "logs", List.of(new FormulaTerm(List.of("log_records"), 1L)), "1000000", 14)));
    }

    private static void control(SpecificRecord... changes) throws Exception {
        String topic = Topics.CONTROL.name();
        AvroSerializer<ControlRecord> serializer = new AvroSerializer<>();
        serializer.configure(Map.of("schema.registry.url", REGISTRY), false);
        TestTopic.recreate(Topics.CONTROL, 1);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(BROKER, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (SpecificRecord change : changes) {
                byte[] value = serializer.serialize(topic, new ControlRecord(change));
                producer.send(new ProducerRecord<>(topic, 0, new byte[] {1}, value))
                        .get();
            }
        }
    }

    private void shows(String series) {
        await().untilAsserted(() -> assertThat(metrics()).contains(series + "\n"));
    }

    private String metrics() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:%d/metrics".formatted(feeCenter.port()));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private FeeCenterConfig config() {
        return new FeeCenterConfig(
                TopicNames.LIVE,
                TestDatabase.SCHEMA,
                new Login(database.url(), TestDatabase.SINK, Optional.of(new Secret(TestDatabase.PASSWORD))),
                Optional.empty(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "billed-test",
                Duration.ofMillis(200),
                ConsoleSettings.from(Settings.load(new String[0], Map.of("WEIR_CONSOLE_PORT", "0"))),
                Time.SYSTEM,
                new ErrandSettings(Duration.ofMillis(100), Optional.empty()),
                "io.weir.wire.AvroDeserializer",
                lines.settings());
    }
}
