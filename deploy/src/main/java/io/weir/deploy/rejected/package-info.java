/**
 * The command {@code rejected}: what was refused and why (rules.md §3), one refused record in full, and the way back of those that
 * would be accepted now.
 *
 * <p>Read {@link io.weir.deploy.rejected.Refusals} first: all three read {@code rejected-usage} as a stream and keep no record.
 */
@NullMarked
package io.weir.deploy.rejected;

import org.jspecify.annotations.NullMarked;
