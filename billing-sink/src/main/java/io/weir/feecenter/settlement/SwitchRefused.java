package io.weir.feecenter.settlement;

/** Why a workspace keeps its settlement method. */
public enum SwitchRefused {
    /** It was switched in this calendar month of its site already. */
    ONCE_A_MONTH,
    /** It is on a cloud account that has neither released it nor been unsubscribed. */
    LOCKED_IN,
    /** It was opened from a marketplace: an account of that cloud only, and not the fee center. */
    MARKETPLACE_ONLY,
    /** The cloud account has ended or belongs to another fee-center account. */
    NO_SUCH_CLOUD_ACCOUNT,
    /** A cloud that is not offered for this workspace. */
    NOT_OFFERED,
    /** The id of a cloud account is {@code [A-Za-z0-9_.:/-]{1,128}}. */
    CUSTOMER_INVALID,
    /** The cloud account is registered already, by this fee-center account or by another. */
    CLOUD_ACCOUNT_TAKEN,
    /** Another fee-center account pays for it now, or none. */
    NOT_PAYING
}
