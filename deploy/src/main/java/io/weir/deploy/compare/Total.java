package io.weir.deploy.compare;

import java.math.BigDecimal;

/**
 * What both bills come to, of one currency or one item.
 *
 * @param a sum of the first bill
 * @param b sum of the second
 */
record Total(BigDecimal a, BigDecimal b) {

    Total plus(Total other) {
        return new Total(a.add(other.a), b.add(other.b));
    }

    /** By how much the second is more. */
    BigDecimal difference() {
        return b.subtract(a);
    }
}
