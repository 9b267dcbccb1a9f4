/**
 * The slow, obvious recomputation of the bill, with which the pipeline is compared.
 *
 * <p>Read {@link io.weir.metering.recomputation.Recomputation} first, then {@code Judge} (rules.md §3 and §4), {@code LocalHours}
 * (§2), {@code Terms} (§6) and {@code Bill} (§5 and §6). Every accepted event is kept in a list, grouped and priced from scratch.
 * It shares no class with the pipeline, so an error would have to be made twice to go unseen.
 */
@NullMarked
package io.weir.metering.recomputation;

import org.jspecify.annotations.NullMarked;
