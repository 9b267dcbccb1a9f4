/** Who pays for what, tested on totals made by real events. */
@NullMarked
package io.weir.metering.attribution;

import org.jspecify.annotations.NullMarked;
