package io.weir.metering.attribution;

import org.jspecify.annotations.Nullable;

/**
 * From an instant on, this account pays for a workspace (rules.md §1).
 *
 * @param accountId who pays; null: nobody
 * @param effectiveFromMillis counts from the first window that starts at or after this instant, milliseconds UTC
 * @param seq counts the bindings of the workspace up
 */
public record Binding(@Nullable String accountId, long effectiveFromMillis, long seq) {}
