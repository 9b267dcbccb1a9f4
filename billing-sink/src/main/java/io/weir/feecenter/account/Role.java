package io.weir.feecenter.account;

/** What a console account is to a workspace, the most first. */
public enum Role {
    /** Everything, and alone: upgrade, binding, settlement, retention. One for each workspace. */
    OWNER,
    /** Members, write tokens, alerts; sees what it costs. */
    ADMINISTRATOR,
    /** Nothing about money. */
    MEMBER;

    /** Whether this role may do what that one may. */
    public boolean isAtLeast(Role other) {
        return compareTo(other) <= 0;
    }
}
