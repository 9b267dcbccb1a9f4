package io.weir.feecenter.account;

/**
 * Where traffic arises.
 *
 * @param workspaceId {@code wksp_} and 32 hex digits
 * @param site the site it lives on, for ever
 * @param name what its members call it
 */
public record Workspace(String workspaceId, String site, String name, Plan plan) {}
