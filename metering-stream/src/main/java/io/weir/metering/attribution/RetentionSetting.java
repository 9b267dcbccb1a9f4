package io.weir.metering.attribution;

/**
 * From an instant on, data is kept for so many days.
 *
 * @param category category of items
 * @param resource the resource; empty for the whole workspace
 * @param days 1 or more
 * @param effectiveFromMillis counts from the first window that starts at or after this instant, milliseconds UTC
 */
public record RetentionSetting(String category, String resource, int days, long effectiveFromMillis) {}
