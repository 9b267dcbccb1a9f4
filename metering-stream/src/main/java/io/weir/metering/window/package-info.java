/**
 * Metering: accepted usage is added up per resource and local hour; a day closes when its partition's clock says so
 * (rules.md §2, §5).
 *
 * <p>Read {@link io.weir.metering.window.HourWindows} first, then {@link io.weir.metering.window.WindowTotals} and
 * {@link io.weir.metering.window.Agenda}. Times are milliseconds UTC, quantities whole base units of their meter. Nothing here
 * knows accounts or money.
 */
@NullMarked
package io.weir.metering.window;

import org.jspecify.annotations.NullMarked;
