/** The line as a whole, tested in memory and on a real broker. */
@NullMarked
package io.weir.metering;

import org.jspecify.annotations.NullMarked;
