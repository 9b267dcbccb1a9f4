/**
 * Proofs that state is written with the offsets of the records that made it, in every way in which a commit happens.
 *
 * <p>Read {@link io.weir.metering.state.Tally} first: the smallest application whose stores say whether that is so.
 */
@NullMarked
package io.weir.metering.state;

import org.jspecify.annotations.NullMarked;
