package io.weir.feecenter.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The place of a row in its list, in a form that programs hand back and need not understand. */
final class Cursor {

    private Cursor() {}

    /** The cursor of the row that has these values in the columns of the order. */
    static String of(List<?> place) {
        String written = Json.text(place.stream().map(Object::toString).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(written.getBytes(UTF_8));
    }

    /**
     * The place that a cursor means in a list.
     *
     * @throws Refused 400 if the list cannot have given it out
     */
    static List<Object> place(String cursor, List<Key> order) {
        List<Object> place = new ArrayList<>();
        List<String> written = read(cursor);
        for (int i = 0; i < order.size() && order.size() == written.size(); i++) {
            order.get(i).parse(written.get(i)).ifPresent(place::add);
        }
        if (place.size() != order.size()) {
            throw Refused.badValue("cursor", cursor, "what the list answered as next");
        }
        return place;
    }

    private static List<String> read(String cursor) {
        try {
            JsonNode written = Json.read(Base64.getUrlDecoder().decode(cursor));
            return written.isArray() ? texts(written) : List.of();
        } catch (IllegalArgumentException | IOException notOurs) {
            return List.of();
        }
    }

    private static List<String> texts(JsonNode written) {
        return StreamSupport.stream(written.spliterator(), false)
                .map(value -> Optional.ofNullable(value.textValue()))
                .flatMap(Optional::stream)
                .toList();
    }
}
