package io.weir.metering;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.wire.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real registry and passes questions on, as long as it is told to be well. */
final class RegistryProxy implements AutoCloseable {

    private static final String UNKNOWN = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** How it takes a question. */
    enum Health {
        /** Passes it on. */
        WELL,
        /** Answers 500. */
        FAILING,
        /** Gives no answer. */
        HANGING,
        /** Answers that it knows no such schema. */
        BEHIND
    }

    private final String registry;
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger troubles = new AtomicInteger();
    private volatile Health health = Health.WELL;

    /** A proxy of the registry with this base URL. */
    RegistryProxy(String registry) throws IOException {
        this.registry = registry;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::take);
        server.start();
    }

    /** Settings by which a serde finds this proxy, and is soon tired of one that hangs, but not of one that is behind. */
    Map<String, String> settings() {
        return Map.of(
                "schema.registry.url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "http.read.timeout.ms",
                "500",
                "weir.registry.unknown.wait",
                "PT1M");
    }

    /** From now on it is so. */
    void be(Health now) {
        troubles.set(0);
        health = now;
    }

    /** How many questions it has not passed on since it was last told how to be. */
    int troubles() {
        return troubles.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        Health now = health;
        if (now != Health.WELL) {
            troubles.incrementAndGet();
        }
        switch (now) {
            case WELL -> passOn(exchange);
            case FAILING -> answer(exchange, 500, "{\"error_code\": 50001}");
            case BEHIND -> answer(exchange, 404, UNKNOWN);
            case HANGING -> hang(exchange);
        }
    }

    private void passOn(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + exchange.getRequestURI()))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
            answer(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void hang(HttpExchange exchange) {
        try {
            closing.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
