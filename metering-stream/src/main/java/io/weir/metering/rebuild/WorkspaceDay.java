package io.weir.metering.rebuild;

import java.time.LocalDate;

/**
 * A billing day of a workspace.
 *
 * @param workspaceId the workspace
 * @param day the local calendar day of its site
 */
record WorkspaceDay(String workspaceId, LocalDate day) {}
