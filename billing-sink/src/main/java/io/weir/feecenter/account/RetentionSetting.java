package io.weir.feecenter.account;

import java.time.Instant;

/**
 * For how long data is kept.
 *
 * @param category of items, e.g. {@code logs}
 * @param resource the resource with a setting of its own; empty for the whole workspace
 * @param days 1 or more
 * @param effectiveFrom counts from the first window that starts then or later
 */
public record RetentionSetting(String category, String resource, int days, Instant effectiveFrom) {}
