package io.weir.wire;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests to the registry: each of its URLs in turn, and all of them again with growing pauses, until one gives an answer. */
final class RegistryHttp {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final SerdeConfig config;
    private final HttpClient client;
    private final FailsafeExecutor<RegistryAnswer> patiently;
    private volatile int lastToAnswer;

    RegistryHttp(SerdeConfig config) {
        this.config = config;
        this.client = client(config.tls());
        this.patiently = Failsafe.with(RetryPolicy.<RegistryAnswer>builder()
                .handle(SchemaRegistryUnavailable.class)
                .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
                .withMaxRetries(-1)
                .withMaxDuration(config.patience())
                .onRetry(event ->
                        LOG.warn("trying again: {}", event.getLastException().getMessage()))
                .build());
    }

    private static HttpClient client(@Nullable RegistryTls tls) {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (tls != null) {
            client.sslContext(tls.context()).sslParameters(tls.parameters());
        }
        return client.build();
    }

    /** @throws SchemaRegistryUnavailable if no URL gives an answer in time */
    RegistryAnswer ask(RegistryQuestion question) {
        try {
            return patiently.get(() -> askEachInTurn(question));
        } catch (FailsafeException stopped) {
            if (stopped.getCause() instanceof InterruptedException interrupt) {
                throw new InterruptException("interrupted while asking the schema registry", interrupt);
            }
            throw stopped;
        }
    }

    private RegistryAnswer askEachInTurn(RegistryQuestion question) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        List<URI> urls = config.urls();
        int first = lastToAnswer;
        for (int turn = first; turn < first + urls.size(); turn++) {
            HttpRequest request = request(urls.get(turn % urls.size()), question);
            try {
                RegistryAnswer answer = RegistryAnswer.to(question, client.send(request, BodyHandlers.ofString()));
                lastToAnswer = turn % urls.size();
                return answer;
            } catch (IOException failure) {
                failures.add(request.uri() + ": " + failure);
            }
        }
        throw new SchemaRegistryUnavailable("no schema registry answers: " + String.join("; ", failures));
    }

    private HttpRequest request(URI url, RegistryQuestion question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + question.path()))
                .timeout(config.requestTimeout())
                .header("Accept", MEDIA_TYPE)
                .header("Content-Type", MEDIA_TYPE);
        if (config.credentials() != null) {
            request.header("Authorization", config.credentials().authorization());
        }
        if (question.schema() != null) {
            request.POST(BodyPublishers.ofString(question.schema().toString()));
        }
        return request.build();
    }
}
