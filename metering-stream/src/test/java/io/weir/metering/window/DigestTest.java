package io.weir.metering.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A digest adds hashes modulo 2^128, so it is the same for every order of arrival (rules.md §7). */
class DigestTest {

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    @Property(tries = 200)
    void addsModulo2ToThe128(@ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        // Given
        Digest one = new Digest(high, low);
        Digest other = new Digest(otherHigh, otherLow);

        // When
        Digest sum = one.plus(other);

        // Then
        assertThat(number(sum)).isEqualTo(number(one).add(number(other)).mod(MODULUS));
    }

    @Property(tries = 100)
    void isTheSameForEveryOrder(@ForAll @Size(min = 3, max = 3) List<Long> hashes) {
        // Given
        Digest a = new Digest(hashes.get(0), ~hashes.get(0));
        Digest b = new Digest(hashes.get(1), ~hashes.get(1));
        Digest c = new Digest(hashes.get(2), ~hashes.get(2));

        // When / Then
        assertThat(a.plus(b).plus(c)).isEqualTo(c.plus(a).plus(b));
    }

    @Test
    void carriesFromTheLowerHalfIntoTheUpper() {
        assertThat(new Digest(0, -1).plus(new Digest(0, 1))).isEqualTo(new Digest(1, 0));
    }

    @Test
    void standsAs32HexDigits() {
        assertThat(new Digest(0xabcL, -1)).hasToString("0000000000000abcffffffffffffffff");
    }

    private static BigInteger number(Digest digest) {
        return new BigInteger(digest.toString(), 16);
    }
}
