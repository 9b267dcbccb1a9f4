package io.weir.deploy.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.deploy.stack.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A real Prometheus with the example's configuration and the shipped rules; only its targets differ, and how often it looks. */
final class PrometheusServer implements AutoCloseable {

    /** The shipped files. */
    static final Path SHIPPED = Path.of("prometheus").toAbsolutePath();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final Process process;

    /** Starts it in a folder of its own, to watch a metering stream and a fee center at these addresses of metrics. */
    PrometheusServer(Path folder, String metering, String feeCenter) throws IOException {
        String example = Files.readString(SHIPPED.resolve("prometheus.yaml"))
                .replace("interval: 15s", "interval: 1s")
                .replace("- weir.rules.yaml", "- " + SHIPPED.resolve("weir.rules.yaml"))
                .replace("127.0.0.1:8381", target(metering))
                .replace("127.0.0.1:8382", target(feeCenter));
        Path config = Files.writeString(folder.resolve("prometheus.yaml"), example);
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private static String target(String metricsUrl) {
        return URI.create(metricsUrl).getAuthority();
    }

    /** The samples of an instant query, each with its labels under {@code metric} and its value under {@code value}. */
    JsonNode query(String promQl) throws IOException, InterruptedException {
        return data("/api/v1/query?query=" + URLEncoder.encode(promQl, UTF_8)).path("result");
    }

    /** The rules as the server knows them, with their health and their last error. */
    List<JsonNode> rules() throws IOException, InterruptedException {
        return data("/api/v1/rules").findValues("rules").stream()
                .flatMap(PrometheusServer::each)
                .toList();
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private JsonNode data(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        JsonNode answer =
                JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalStateException(path + ": " + answer);
        }
        return answer.path("data");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
