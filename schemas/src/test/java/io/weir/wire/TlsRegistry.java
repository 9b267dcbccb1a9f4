package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** The real registry behind TLS and a guard, as many companies run it. */
final class TlsRegistry implements AutoCloseable {

    private static final String BASE_PATH = "/apis/ccompat/v7";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpsServer server;
    private final String wanted;
    private final List<String> passedOn = new CopyOnWriteArrayList<>();

    /**
     * Starts the guard.
     *
     * @param keystore its own certificate
     * @param clients whose certificates it asks for; null if it asks for none
     * @param wanted the header {@code Authorization} without which it answers 401; empty if it wants none
     */
    TlsRegistry(Path keystore, @Nullable Path clients, String wanted) throws IOException {
        this.wanted = wanted;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.setHttpsConfigurator(configurator(keystore, clients));
        server.createContext("/", this::guard);
        server.start();
    }

    private static HttpsConfigurator configurator(Path keystore, @Nullable Path clients) {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(settings(keystore, clients));
            return new HttpsConfigurator(factory.sslContext()) {
                @Override
                public void configure(HttpsParameters connection) {
                    SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                    parameters.setNeedClientAuth(clients != null);
                    connection.setSSLParameters(parameters);
                }
            };
        }
    }

    private static Map<String, Object> settings(Path keystore, @Nullable Path clients) {
        Map<String, Object> settings = new HashMap<>();
        put(settings, "keystore", keystore);
        if (clients != null) {
            put(settings, "truststore", clients);
        }
        ConfigDef kafkas = new ConfigDef();
        SslConfigs.addClientSslSupport(kafkas);
        return kafkas.parse(settings);
    }

    private static void put(Map<String, Object> settings, String store, Path path) {
        settings.put("ssl." + store + ".type", "PKCS12");
        settings.put("ssl." + store + ".location", path.toString());
        settings.put("ssl." + store + ".password", RegistryCertificates.PASSWORD);
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + BASE_PATH;
    }

    /** The questions that got through. */
    List<String> passedOn() {
        return passedOn;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void guard(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!wanted.isEmpty() && !wanted.equals(given)) {
            answer(exchange, 401, "{\"error_code\": 401, \"message\": \"Unauthorized\"}".getBytes(UTF_8));
        } else {
            passOn(exchange, body);
        }
    }

    private void passOn(HttpExchange exchange, byte[] body) throws IOException {
        String question = exchange.getRequestURI().toString();
        passedOn.add(question);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(EmbeddedRegistry.shared().url().replace(BASE_PATH, "") + question))
                .header("Content-Type", "application/json")
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
