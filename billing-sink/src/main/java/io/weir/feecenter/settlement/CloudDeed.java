package io.weir.feecenter.settlement;

/** What the operator did with a cloud account. */
public enum CloudDeed {
    /** It let go of a workspace, and lives on. */
    RELEASED,
    /** It was unsubscribed in its cloud, so it ended. */
    UNSUBSCRIBED,
    /** A workspace that was locked at its end was opened again. */
    UNLOCKED
}
