package io.weir.metering;

import io.weir.metering.control.ControlTable;
import io.weir.metering.window.DayUsage;

/**
 * A day whose lines are due.
 *
 * @param usage what was used
 * @param table all that was known of bindings, accounts and prices when it became due
 */
record DueDay(DayUsage usage, ControlTable table) {}
