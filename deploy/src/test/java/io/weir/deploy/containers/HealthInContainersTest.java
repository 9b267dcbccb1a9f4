package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wire.HealthServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Probes ask what the applications answer, and a program without HTTP can ask it too. */
class HealthInContainersTest {

    private static final int ENDS_BY_ITSELF_AFTER_SECONDS = 25;

    private final AtomicReference<Optional<String>> unready = new AtomicReference<>(Optional.empty());
    private HealthServer server;

    static List<JsonNode> applications() {
        return Stream.of("StatefulSet", "Deployment")
                .flatMap(kind -> Manifests.all(kind).stream())
                .toList();
    }

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HealthServer.start(anyPort, () -> "", unready::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void anInstanceThatRestoresIsNotReadyButNotKilled(JsonNode application) throws Exception {
        JsonNode container = Manifests.container(application);
        assertThat(statusOf(container, "readinessProbe")).isEqualTo(200);

        unready.set(Optional.of("the line is REBALANCING"));

        assertThat(statusOf(container, "readinessProbe")).isEqualTo(503);
        assertThat(statusOf(container, "startupProbe")).isEqualTo(200);
        assertThat(statusOf(container, "livenessProbe")).isEqualTo(200);
    }

    private int statusOf(JsonNode container, String probe) throws Exception {
        JsonNode asked = container.path(probe).path("httpGet");
        assertThat(asked.path("port").asText()).isEqualTo("http");
        URI address = URI.create("http://127.0.0.1:%d%s"
                .formatted(server.port(), asked.path("path").asText()));
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void metricsAreScrapedWhereTheyAre(JsonNode application) {
        assertThat(application
                        .at("/spec/template/metadata/annotations")
                        .path("prometheus.io/path")
                        .asText())
                .isEqualTo("/metrics");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void aCleanEndHasTheTimeItTakes(JsonNode application) {
        assertThat(Manifests.pod(application)
                        .path("terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThan(ENDS_BY_ITSELF_AFTER_SECONDS);
    }

    @Test
    void theImagesOwnQuestionSaysWhetherTheApplicationIsReady() throws Exception {
        assertThat(ask()).isZero();

        unready.set(Optional.of("the database is away"));
        assertThat(ask()).isNotZero();

        server.close();
        assertThat(ask()).isNotZero();
    }

    private int ask() throws Exception {
        String program = ContainerFile.FOLDER.resolve("ready").toAbsolutePath().toString();
        Process question = new ProcessBuilder(program, Integer.toString(server.port()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(question.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return question.exitValue();
    }
}
