package io.weir.feecenter.settlement;

/** What the operator did with a cloud account. */
public enum CloudDeed {
    /** It let go of a workspace, and lives on. */
    RELEASED,
    /** It was unsubscribed in its cloud, so it ended. */
    UNSUBSCRIBED,
    /** A workspace that was locked because of its end, or was about to be, was opened again. */
    UNLOCKED
}
