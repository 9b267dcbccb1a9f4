package io.weir.metering.control;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which closed days a change of the control log may alter.
 *
 * @param offset the change's offset
 * @param workspaceId days of this workspace; null: of every workspace
 * @param fromDay the first day it may alter, by the calendar of any site; null: only days of which a part is held
 */
public record Touch(
        long offset, @Nullable String workspaceId, @Nullable LocalDate fromDay) {}
