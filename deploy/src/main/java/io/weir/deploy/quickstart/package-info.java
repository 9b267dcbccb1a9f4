/**
 * The command {@code quickstart}: simulated days of traffic through the real pipeline, and the bills that come of them.
 *
 * <p>Read {@link io.weir.deploy.quickstart.Quickstart} first, then {@link io.weir.deploy.quickstart.Simulation}. Times are
 * simulated, in UTC; only the pauses between them are real.
 */
@NullMarked
package io.weir.deploy.quickstart;

import org.jspecify.annotations.NullMarked;
