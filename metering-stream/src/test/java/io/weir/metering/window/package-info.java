/** Windows, days and totals, tested without a stream. */
@NullMarked
package io.weir.metering.window;

import org.jspecify.annotations.NullMarked;
