package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.wire.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A program that asks the API with a token, or without one. */
final class TestProgram {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String address;
    private final String authorization;

    private TestProgram(String address, String authorization) {
        this.address = address;
        this.authorization = authorization;
    }

    /** Shows nothing. */
    static TestProgram withoutToken(int port) {
        return new TestProgram("http://127.0.0.1:" + port, "");
    }

    TestProgram with(Secret token) {
        return new TestProgram(address, "Bearer " + token.value());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    /** Sends JSON under an idempotency key. */
    HttpResponse<String> post(String path, String key, String body) {
        return send(
                "POST",
                path,
                BodyPublishers.ofString(body),
                "Idempotency-Key",
                key,
                "Content-Type",
                "application/json; charset=utf-8");
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).method(method, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return CLIENT.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The answer as JSON; an empty one is missing. */
    static JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }
}
