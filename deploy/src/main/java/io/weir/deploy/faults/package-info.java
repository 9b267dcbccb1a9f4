/**
 * The command {@code faults}: plays a scenario while parts of the system are killed, stopped and frozen, and compares what came of
 * it with an undisturbed run.
 *
 * <p>Read {@link io.weir.deploy.faults.Faults} first, then {@link io.weir.deploy.faults.Schedule},
 * {@link io.weir.deploy.faults.DisturbedRun} and {@link io.weir.deploy.faults.Comparison}.
 */
@NullMarked
package io.weir.deploy.faults;

import org.jspecify.annotations.NullMarked;
