package io.weir.deploy.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Somebody who sends forms to the console, whether it answers or not. */
final class Customer {

    private static final int SEE_OTHER = 303;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String console;

    Customer(String consoleUrl) {
        this.console = consoleUrl;
    }

    /**
     * Sends a form once.
     *
     * @return where it leads to if it was done; nothing if it is not known what became of it
     * @throws IllegalStateException if it was refused
     */
    Optional<String> send(String path, Map<String, String> fields) throws InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return answer(HttpRequest.newBuilder(URI.create(console + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    /** Goes where a form led to; where that leads to, or nothing if it is not known. */
    Optional<String> goTo(String path) throws InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(console + path))
                .timeout(PATIENCE)
                .build());
    }

    private Optional<String> answer(HttpRequest request) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (IOException killedMeanwhile) {
            return Optional.empty();
        }
        if (response.statusCode() >= 500) {
            return Optional.empty();
        }
        if (response.statusCode() != SEE_OTHER && response.statusCode() != 302) {
            throw new IllegalStateException(
                    "%s %s: %d %s".formatted(request.method(), request.uri(), response.statusCode(), response.body()));
        }
        return response.headers().firstValue("Location");
    }
}
