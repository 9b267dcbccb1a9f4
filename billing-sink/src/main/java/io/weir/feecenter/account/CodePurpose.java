package io.weir.feecenter.account;

/** What a code allows, once. */
public enum CodePurpose {
    /** To register with an e-mail address; the subject is the address. */
    REGISTER,
    /** To have a workspace paid by an account; the subject is both. */
    UPGRADE,
    /** To change the e-mail address or phone of a fee-center account; the subject is the account. */
    CONTACT,
    /** To choose a new password for one forgotten; the subject is the account. */
    PASSWORD
}
