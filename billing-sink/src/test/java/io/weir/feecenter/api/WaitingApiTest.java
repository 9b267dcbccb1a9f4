package io.weir.feecenter.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.SettableClock;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.web.Console;
import io.weir.feecenter.web.ConsoleSettings;
import io.weir.wire.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingApiTest {

    @Test
    void aProgramIsToldThatTheFeeCenterWaits() throws IOException {
        ConsoleSettings settings = new ConsoleSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()),
                URI.create("http://127.0.0.1"),
                Optional.empty(),
                Optional.empty());
        SettableClock clock = new SettableClock();
        try (TestDatabase database = TestDatabase.shared();
                Console console = new Console(
                        settings,
                        database.sink(),
                        Optional.empty(),
                        clock,
                        clock,
                        () -> Optional.of("the tables are being prepared"))) {
            HttpResponse<String> answer =
                    TestProgram.withoutToken(console.port()).get("/api/v1/account");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(TestProgram.json(answer).path("detail").asText()).isEqualTo("the tables are being prepared");
        }
    }
}
