/**
 * How state is kept: the form of stored values and keys, and the moment at which they are written.
 *
 * <p>Read {@link io.weir.metering.state.CommitHook} first: it is why the hot path may work on the heap and still lose nothing.
 * Nothing here knows what is stored.
 */
@NullMarked
package io.weir.metering.state;

import org.jspecify.annotations.NullMarked;
