/** What becomes of a record, tested on the judge alone. */
@NullMarked
package io.weir.metering.intake;

import org.jspecify.annotations.NullMarked;
