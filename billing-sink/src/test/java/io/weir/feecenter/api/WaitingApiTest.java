package io.weir.feecenter.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.account.ApiTokens;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.SettableClock;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestProxy;
import io.weir.feecenter.web.Console;
import io.weir.feecenter.web.ConsoleSettings;
import io.weir.wire.FreePort;
import io.weir.wire.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();

    @AfterEach
    void close() {
        database.close();
    }

    private Console console(DataSource source, Supplier<Optional<String>> unready) throws IOException {
        ConsoleSettings settings = new ConsoleSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()),
                URI.create("http://127.0.0.1"),
                Optional.empty(),
                Optional.empty());
        return new Console(settings, source, Optional.empty(), clock, clock, unready);
    }

    private Secret token() {
        String account = new FeeCenterAccounts(database.sink(), clock)
                .register("acme", Currency.CNY, "acme@example.com", null, new Secret("correct horse"))
                .accountId();
        return new ApiTokens(database.sink(), clock).make(account, "test", Set.of(ApiScope.values()));
    }

    private static void isProblem(HttpResponse<String> answer, String detail) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(TestProgram.json(answer).path("status").asInt()).isEqualTo(503);
        assertThat(TestProgram.json(answer).path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void aProgramIsToldThatTheFeeCenterWaits() throws IOException {
        try (Console console = console(database.sink(), () -> Optional.of("the tables are being prepared"))) {
            isProblem(TestProgram.withoutToken(console.port()).get("/api/v1/account"), "the tables are being prepared");
        }
    }

    /** The log of a failure is where a token would show, and there is one here. */
    @Test
    void aDatabaseThatGoesAwayWithinARequestIsAProblemAndTheTokenIsNotLogged() throws Exception {
        Secret token = token();
        try (TestProxy proxy = new TestProxy(FreePort.next(), TestDatabase.port());
                TestLog log = new TestLog();
                var source = database.sinkAt(proxy.port());
                Console console = console(source, Optional::empty)) {
            // Given
            TestProgram program = TestProgram.withoutToken(console.port()).with(token);
            assertThat(program.get("/api/v1/account").statusCode()).isEqualTo(200);

            // When
            HttpResponse<String> answer = cutOffWhileItWaits(proxy, program);

            // Then
            isProblem(answer, "the database is away");
            assertThat(program.get("/api/v1/nothing?access_token=" + token.value())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(log.text()).contains("/api/v1/account: SQL state 08").doesNotContain(token.value());
            proxy.bringBack();
            await().atMost(PATIENCE).until(() -> program.get("/api/v1/account").statusCode() == 200);
        }
    }

    /** The request waits for a locked table, and then its connection is gone. */
    private HttpResponse<String> cutOffWhileItWaits(TestProxy proxy, TestProgram program) throws SQLException {
        try (Connection locking = database.owner().getConnection()) {
            locking.setAutoCommit(false);
            locking.createStatement().execute("LOCK TABLE fee_center_account IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> program.get("/api/v1/account"));
            await().atMost(PATIENCE)
                    .until(
                            () -> database.number(
                                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
                            waiting -> waiting > 0);
            proxy.takeAway();
            return answer.join();
        }
    }
}
