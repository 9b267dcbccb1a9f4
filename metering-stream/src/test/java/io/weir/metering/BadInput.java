package io.weir.metering;

import java.util.function.Function;

/**
 * Something bad that may arrive.
 *
 * @param what in words, as in BAD-INPUT.md
 * @param arrival lets it arrive, and says what became of its records in order, separated by commas
 * @param outcome what must become of them
 */
record BadInput(String what, Function<Neighbours, String> arrival, String outcome) {

    @Override
    public String toString() {
        return what + ": " + outcome;
    }
}
