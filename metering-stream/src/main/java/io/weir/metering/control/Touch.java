package io.weir.metering.control;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which closed days a change of the control log may alter.
 *
 * @param offset the change's offset
 * @param workspaceId days of this workspace; null: of every workspace
 * @param fromDay the first day it may alter, by the calendar of any site; null: only days of which a part is held
 */
public record Touch(
        long offset, @Nullable String workspaceId, @Nullable LocalDate fromDay) {

    /** A change of one workspace that counts from an instant on. */
    static Touch workspace(long offset, String workspaceId, Instant effectiveFrom) {
        LocalDate day = LocalDate.ofInstant(effectiveFrom, ZoneOffset.UTC);
        return new Touch(offset, workspaceId, day.minusDays(1)); // no site is more than a day behind UTC
    }

    /** A change of what everybody is charged from a day on. */
    static Touch all(long offset, LocalDate fromDay) {
        return new Touch(offset, null, fromDay);
    }

    /** A change that releases what is held. */
    static Touch held(long offset) {
        return new Touch(offset, null, null);
    }
}
