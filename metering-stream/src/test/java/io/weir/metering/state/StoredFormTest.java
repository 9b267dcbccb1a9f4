package io.weir.metering.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of stored values and keys, which every later release must be able to read. */
class StoredFormTest {

    @Property(tries = 200)
    void readsWhatItWrote(@ForAll long number, @ForAll long wide, @ForAll String text) {
        // Given
        String storable = new String(text.getBytes(UTF_8), UTF_8);

        // When
        StateReader in = new StateReader(
                new StateWriter(1).number(number).text(storable).wide(wide).bytes(), 1);

        // Then
        assertThat(in.number()).isEqualTo(number);
        assertThat(in.text()).isEqualTo(storable);
        assertThat(in.wide()).isEqualTo(wide);
        assertThat(in.hasMore()).isFalse();
    }

    @Test
    void writesAsRelease0Point1Did() {
        // When
        byte[] stored =
                new StateWriter(1).number(-1).number(300).text("abc").wide(258).bytes();

        // Then
        assertThat(HexFormat.of().formatHex(stored)).isEqualTo("01" + "01" + "d804" + "06616263" + "0000000000000102");
    }

    @Test
    void readsOlderVersions() {
        assertThat(new StateReader(new StateWriter(1).number(7).bytes(), 3).number())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 127})
    void refusesVersionsItDoesNotKnow(int version) {
        // Given
        byte[] stored = new StateWriter(version).bytes();

        // When / Then
        assertThatThrownBy(() -> new StateReader(stored, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a stored value has format " + version);
    }

    @Property(tries = 200)
    void keysSortByNumber(@ForAll long one, @ForAll long other) {
        // When
        int order = StateKey.of("workspace")
                .then(one)
                .first()
                .compareTo(StateKey.of("workspace").then(other).first());

        // Then
        assertThat(Integer.signum(order)).isEqualTo(Long.compare(one, other));
    }

    @Test
    void aRangeHoldsTheKeysOfItsWorkspaceAndNoOthers() {
        // Given
        StateKey range = StateKey.of("wksp_1");

        // When / Then
        assertThat(range.first())
                .isLessThan(StateKey.of("wksp_1").then(Long.MIN_VALUE).first());
        assertThat(range.last())
                .isGreaterThan(
                        StateKey.of("wksp_1").then(Long.MAX_VALUE).then("~").first());
        assertThat(StateKey.of("wksp_10").first()).isGreaterThan(range.last());
        assertThat(StateKey.of("wksp_0").last()).isLessThan(range.first());
    }

    @Test
    void theLargestKeyFits() {
        // Given
        String name = "x".repeat(128);

        // When
        byte[] key = StateKey.of(name)
                .then(1)
                .then(name)
                .then(name)
                .then(name)
                .then(1)
                .first()
                .get();

        // Then
        assertThat(key).hasSize(4 * 129 + 16);
        assertThat(Arrays.copyOf(key, 128)).containsOnly('x');
    }
}
