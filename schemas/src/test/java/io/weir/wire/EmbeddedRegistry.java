package io.weir.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A real schema registry on 127.0.0.1: Apicurio in a child process, with its Confluent-compatible API and, as Confluent's, with
 * compatibility BACKWARD. Keeps its schemas in memory. Ready in four to fourteen seconds, so most tests take the {@link #shared()} one.
 *
 * <p>The system property {@code weir.registry.jar} says where the build unpacked it.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final String url;
    private final Path log;

    private EmbeddedRegistry(Process process, String url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    /** The registry of this process's tests; started when first asked for, closed when the process ends. */
    public static EmbeddedRegistry shared() {
        return Shared.REGISTRY;
    }

    /** Starts a registry of its own and waits until it answers. */
    public static EmbeddedRegistry start() {
        try {
            int port = FreePort.next();
            Path log = Files.createTempFile("weir-registry-", ".log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=" + port,
                            "-Dquarkus.http.access-log.enabled=false",
                            "-jar",
                            System.getProperty("weir.registry.jar"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            EmbeddedRegistry registry =
                    new EmbeddedRegistry(process, "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port), log);
            registry.awaitReady();
            return registry;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Base URL, for {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    /** Settings by which a serde finds this registry. */
    public Map<String, String> settings() {
        return Map.of("schema.registry.url", url);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void awaitReady() {
        try {
            Awaitility.await("registry, see " + log)
                    .atMost(Duration.ofMinutes(3)) // on a machine that has much else to do
                    .failFast(log + " says why the registry ended", () -> !process.isAlive())
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(this::isBackwardCompatible);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Compatibility is NONE until told otherwise. */
    private boolean isBackwardCompatible() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    private static final class Shared {

        private static final EmbeddedRegistry REGISTRY = startUntilExit();

        private static EmbeddedRegistry startUntilExit() {
            EmbeddedRegistry registry = start();
            Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "close the shared registry"));
            return registry;
        }
    }
}
