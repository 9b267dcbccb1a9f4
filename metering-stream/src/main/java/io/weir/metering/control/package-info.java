/**
 * Control: what the log {@code fee-center.control} says about sites, workspaces, bindings, accounts, items and prices.
 *
 * <p>Read {@link io.weir.metering.control.ControlTable} first (all that is known at an offset), then
 * {@link io.weir.metering.control.ControlLog}. A change that contradicts what never changes is refused and alarmed; what stood
 * before stays (rules.md §1).
 */
@NullMarked
package io.weir.metering.control;

import org.jspecify.annotations.NullMarked;
