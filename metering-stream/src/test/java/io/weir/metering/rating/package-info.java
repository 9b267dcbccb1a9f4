/** Prices, lines and corrections, tested without a stream. */
@NullMarked
package io.weir.metering.rating;

import org.jspecify.annotations.NullMarked;
