/**
 * The metering stream: usage events become priced bill lines in one exactly-once transaction.
 *
 * <p>Read {@code MeteringTopology} first: it names the steps in the order in which the data takes them.
 */
@NullMarked
package io.weir.metering;

import org.jspecify.annotations.NullMarked;
