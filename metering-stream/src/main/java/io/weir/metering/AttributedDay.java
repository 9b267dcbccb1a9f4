package io.weir.metering;

import io.weir.metering.attribution.Charge;
import io.weir.metering.control.ControlTable;
import io.weir.metering.window.DayUsage;
import java.util.List;

/**
 * A workspace's day with its payers found.
 *
 * @param usage what was used
 * @param charges who has to pay for how much of what
 * @param table all that was known of bindings, accounts and prices; its offset names the version
 */
record AttributedDay(DayUsage usage, List<Charge> charges, ControlTable table) {}
