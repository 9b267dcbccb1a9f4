package io.weir.feecenter.account;

/** Whether what a workspace uses is charged. It only ever changes from the first to the second. */
public enum Plan {
    /** Metered within limits, bound to nobody, never billed. */
    FREE,
    /** Bound to a fee-center account that pays. */
    COMMERCIAL
}
