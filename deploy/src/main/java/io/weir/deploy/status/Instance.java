package io.weir.deploy.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * One process of an application, asked over HTTP.
 *
 * @param url where it serves, e.g. {@code http://127.0.0.1:8381}
 * @param metrics its metrics; empty if it does not answer
 * @param trouble why it is not ready, or not reached; empty if it is well
 */
record Instance(String url, Optional<String> metrics, Optional<String> trouble) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    /** Asks an instance. */
    static Instance at(String url) {
        try {
            HttpResponse<String> ready = get(url + "/health/ready");
            HttpResponse<String> metrics = get(url + "/metrics");
            return new Instance(
                    url,
                    Optional.of(metrics.body()).filter(body -> metrics.statusCode() == 200),
                    Optional.of("is not ready: " + ready.body().strip()).filter(why -> ready.statusCode() != 200));
        } catch (IOException away) {
            return new Instance(
                    url, Optional.empty(), Optional.of("does not answer: does it run, and is this its address?"));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Instance(url, Optional.empty(), Optional.of("was not asked to the end"));
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
