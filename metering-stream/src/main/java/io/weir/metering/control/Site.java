package io.weir.metering.control;

import io.weir.metering.window.HourWindows;

/**
 * A region where workspaces live (rules.md §1).
 *
 * @param site its id
 * @param hours its calendar, by its time zone, which never changes
 * @param group its price group, which never changes
 */
public record Site(String site, HourWindows hours, String group) {}
