package io.weir.feecenter;

import static io.weir.wire.Patience.PATIENCE;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.FeeCenterConfig.ErrandSettings;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.feecenter.FeeCenterConfig.Time;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestLines;
import io.weir.feecenter.ledger.TestProxy;
import io.weir.feecenter.ledger.TestTopic;
import io.weir.feecenter.web.ConsoleSettings;
import io.weir.wire.FreePort;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import io.weir.wire.TopicNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FeeCenterTest {

    @Test
    void waitsForADatabaseThatIsAwayAtStartAndSaysSo() throws Exception {
        try (TestDatabase database = TestDatabase.empty();
                TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                TestTopic topic = new TestTopic("mock://fee-center");
                FeeCenter feeCenter = new FeeCenter(config(database, proxy, topic))) {
            // Given
            proxy.takeAway();
            topic.issue(0, List.of(TestLines.line("acct_a", "log", "1.50")));

            // When
            CompletableFuture<Void> run =
                    CompletableFuture.runAsync(feeCenter::run, work -> new Thread(work, "fee-center").start());

            // Then
            await().until(() -> ready(feeCenter).body().contains("cannot be checked: SQL state"));
            assertThat(ready(feeCenter).statusCode()).isEqualTo(503);
            proxy.bringBack();
            await().until(() -> ready(feeCenter).statusCode() == 200);
            await().until(() -> database.number("SELECT count(*) FROM bill_line") == 1);
            feeCenter.stop();
            run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void saysThatThePasswordIsWrongAndGoesOnWhenItIsRight() throws Exception {
        try (TestDatabase database = TestDatabase.empty();
                TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                TestTopic topic = new TestTopic("mock://fee-center")) {
            // Given
            database.administrate("CREATE ROLE weir_asked LOGIN PASSWORD 'right'");
            database.askForPassword("weir_asked");
            topic.issue(0, List.of(TestLines.line("acct_a", "log", "1.50")));
            FeeCenterConfig config = config(database, proxy, topic);
            Login wrong = new Login(database.url(), "weir_asked", Optional.of(new Secret("wrong")));

            try (FeeCenter feeCenter = new FeeCenter(new FeeCenterConfig(
                    config.topics(),
                    config.schema(),
                    wrong,
                    config.owner(),
                    config.http(),
                    config.group(),
                    config.checkPause(),
                    config.console(),
                    config.clock(),
                    config.errands(),
                    config.deserializer(),
                    config.kafka()))) {
                // When
                CompletableFuture<Void> run =
                        CompletableFuture.runAsync(feeCenter::run, work -> new Thread(work, "fee-center").start());

                // Then
                await().until(() ->
                        ready(feeCenter).body().contains("password authentication failed for user \"weir_asked\""));
                database.administrate("ALTER ROLE weir_asked PASSWORD 'wrong'");
                await().until(() -> ready(feeCenter).statusCode() == 200);
                await().until(() -> ownersCount(database) == 1);
                feeCenter.stop();
                run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static FeeCenterConfig config(TestDatabase database, TestProxy proxy, TestTopic topic) {
        String url = database.urlAt(proxy.port());
        Optional<Secret> password = Optional.of(new Secret(TestDatabase.PASSWORD));
        return new FeeCenterConfig(
                TopicNames.LIVE,
                TestDatabase.SCHEMA,
                new Login(url, TestDatabase.SINK, password),
                Optional.of(new Login(url, TestDatabase.OWNER, password)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "fee-center-test",
                Duration.ofSeconds(1),
                ConsoleSettings.from(Settings.load(new String[0], Map.of("WEIR_CONSOLE_PORT", "0"))),
                Time.SYSTEM,
                new ErrandSettings(Duration.ofMillis(100), Optional.empty()),
                "io.weir.wire.AvroDeserializer",
                topic.settings());
    }

    private static long ownersCount(TestDatabase database) throws SQLException {
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SELECT count(*) FROM bill_line")) {
            lines.next();
            return lines.getLong(1);
        }
    }

    private static HttpResponse<String> ready(FeeCenter feeCenter) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:%d/health/ready".formatted(feeCenter.port()));
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
