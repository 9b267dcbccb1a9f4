package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    private final AtomicReference<Optional<String>> unready = new AtomicReference<>(Optional.empty());
    private final HttpClient client = HttpClient.newHttpClient();
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HealthServer.start(anyPort, () -> "weir_lines_total 7\n", unready::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesMetricsWithTheirContentType() throws Exception {
        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo("weir_lines_total 7\n");
    }

    @Test
    void staysLiveWhileItIsNotReady() throws Exception {
        unready.set(Optional.of("the database is away"));

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).isEqualTo("the database is away\n");
    }

    @Test
    void isReadyWithoutAReasonAgainst() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void knowsNoOtherPathAndNoOtherMethod() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(address("/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(get("/metrics/../../etc/passwd").statusCode()).isEqualTo(404);
        assertThat(get("/healthy").statusCode()).isEqualTo(404);
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    }
}
