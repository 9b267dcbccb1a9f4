package io.weir.feecenter.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The description of the API in OpenAPI 3.1, which anybody may read. */
final class Description {

    private static final byte[] TEXT = read();

    private Description() {}

    static void show(Context context) {
        context.contentType("application/json").result(TEXT);
    }

    private static byte[] read() {
        try (InputStream file = Objects.requireNonNull(Description.class.getResourceAsStream("openapi.json"))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
