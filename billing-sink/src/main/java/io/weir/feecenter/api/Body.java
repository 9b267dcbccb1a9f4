package io.weir.feecenter.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a program sends with a request that changes something: a JSON object with one text. */
final class Body {

    private Body() {}

    /**
     * The text under this name.
     *
     * @param allowed what it may be, and the same in words
     * @throws Refused 415 if the body is not JSON by its type, 400 if it is not such an object
     */
    static String text(Context context, String name, Pattern allowed, String words) {
        requireJson(context);
        JsonNode body = read(context);
        JsonNode text = body.path(name);
        if (!body.isObject() || body.size() != 1 || !text.isTextual()) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "the body: allowed is a JSON object with the one member %s, %s".formatted(name, words));
        }
        if (!allowed.matcher(text.textValue()).matches()) {
            throw Refused.badValue(name, text.textValue(), words);
        }
        return text.textValue();
    }

    private static void requireJson(Context context) {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        if (!type.toLowerCase(Locale.ROOT).split(";", -1)[0].strip().equals("application/json")) {
            throw new Refused(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type: [%s] cannot be; allowed is application/json".formatted(type));
        }
    }

    private static JsonNode read(Context context) {
        try {
            return Json.read(context.bodyAsBytes());
        } catch (IOException notJson) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST, "the body: this is not exactly one JSON value without repeated names");
        }
    }
}
