package io.weir.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

    private final List<String> stopped = new ArrayList<>();

    @Test
    void partsStopInTheReverseOrderOfTheirStart() {
        // Given
        Parts parts = new Parts();
        parts.start(() -> part("broker"));
        parts.start(() -> part("database"));

        // When
        parts.close();

        // Then
        assertThat(stopped).containsExactly("database", "broker");
    }

    @Test
    void aPartThatDoesNotStopKeepsNoOtherFromStopping() {
        // Given
        Parts parts = new Parts();
        parts.start(() -> part("broker"));
        parts.start(() -> () -> {
            throw new IllegalStateException("stuck");
        });

        // When
        parts.close();

        // Then
        assertThat(stopped).containsExactly("broker");
    }

    @Test
    void nothingStartsAfterTheStop() {
        // Given
        Parts parts = new Parts();
        parts.close();

        // Then
        assertThatThrownBy(() -> parts.start(() -> part("broker"))).isInstanceOf(IllegalStateException.class);
    }

    private AutoCloseable part(String name) {
        return () -> stopped.add(name);
    }
}
