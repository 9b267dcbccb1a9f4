package io.weir.deploy.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was found while files of control records were read. */
final class Findings {

    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Mistake> unknownFields = new ArrayList<>();

    void wrong(Place place, String what) {
        mistakes.add(new Mistake(place, what));
    }

    void unknownField(Place place, Set<String> known) {
        unknownFields.add(new Mistake(place, "no such field; there are " + String.join(", ", new TreeSet<>(known))));
    }

    boolean hasMistakeWithin(Place place) {
        return mistakes.stream().anyMatch(mistake -> mistake.place().isWithin(place));
    }

    List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    List<Mistake> unknownFields() {
        return List.copyOf(unknownFields);
    }
}
