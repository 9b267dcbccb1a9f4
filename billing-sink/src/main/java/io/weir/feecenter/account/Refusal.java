package io.weir.feecenter.account;

/** Why a person does not get what they asked for. */
public enum Refusal {
    /** Not an e-mail address. */
    EMAIL_INVALID,
    /** Not a phone number with its country code, such as +8613800000000. */
    PHONE_INVALID,
    /** A user name of a fee-center account has 3 to 32 letters, digits, {@code _ . -} and begins with a letter or digit. */
    USER_NAME_INVALID,
    /** A name has 1 to 64 characters, none of which controls anything. */
    NAME_INVALID,
    /** A site's id is {@code [A-Za-z0-9_.:/-]{1,128}}. */
    SITE_INVALID,
    /** A password has 8 to 128 characters. */
    PASSWORD_INVALID,
    /** Another console account of this site has this e-mail address. */
    EMAIL_TAKEN,
    /** Another console account of this site has this phone. */
    PHONE_TAKEN,
    /** Another fee-center account has this user name, whatever the case of its letters. */
    USER_NAME_TAKEN,
    /** The cloud account pays already, for this or another fee-center account: it can be chosen there for a further workspace. */
    CLOUD_ACCOUNT_TAKEN,
    /** The id of a cloud account is {@code [A-Za-z0-9_.:/-]{1,128}}. */
    CUSTOMER_INVALID,
    /** There is no such link from a marketplace, or it was used or has expired: which of them is not said. */
    LINK_ENDED,
    /** No such account, or another password: which of them is not said. */
    SIGN_IN_FAILED,
    /** Several accounts have this e-mail address or phone and this password: only the user name tells them apart. */
    SIGN_IN_AMBIGUOUS,
    /** Too often in too short a time: it can be tried again later. */
    TOO_MANY_TRIES,
    /** There is no such thing, or it is nothing to the person who asks: which of them is not said. */
    NOT_FOUND,
    /** The person's role does not allow this. */
    NOT_ALLOWED,
    /** The console account is a member already. */
    MEMBER_ALREADY,
    /** A category or resource is {@code [A-Za-z0-9_.:/-]{1,128}} (a resource may be empty), a retention one that has a price. */
    RETENTION_INVALID,
    /** The code is not the last one sent for this, was used, is older than ten minutes, or was tried too often: which is not said. */
    CODE_WRONG,
    /** No mail can be sent now. */
    MAIL_UNAVAILABLE,
    /** Only a commercial workspace has this. */
    NOT_COMMERCIAL,
    /** The workspace is commercial already. */
    COMMERCIAL_ALREADY,
    /** The agreement was not accepted. */
    AGREEMENT_MISSING,
    /** A binding moves only between accounts that are certified for the same enterprise. */
    ENTERPRISE_DIFFERS,
    /** This account pays already. */
    BOUND_ALREADY
}
