/**
 * Intake: each record of {@code usage-events} meets the checks and gets exactly one outcome (rules.md §3, §4).
 *
 * <p>Read {@link io.weir.metering.intake.UsageView} first (the event as it lies in its bytes), then
 * {@link io.weir.metering.intake.Checks}, {@link io.weir.metering.intake.Sources} and
 * {@link io.weir.metering.intake.SeenIds}. Times are milliseconds UTC. Nothing here knows windows, accounts or money.
 */
@NullMarked
package io.weir.metering.intake;

import org.jspecify.annotations.NullMarked;
