package io.weir.feecenter.account;

import java.time.Instant;

/**
 * Who pays for a workspace from an instant on.
 *
 * @param seq counts the bindings of the workspace from 1
 * @param accountId the fee-center account
 * @param effectiveFrom counts from the first window that starts then or later (rules.md §2)
 * @param boundBy the console account that did it; empty if it was applied to the control log from files
 */
public record Binding(String workspaceId, long seq, String accountId, Instant effectiveFrom, String boundBy) {}
