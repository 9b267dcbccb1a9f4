package io.weir.feecenter.account;

/** A workspace as a member sees it. */
public record Membership(Workspace workspace, Role role) {}
