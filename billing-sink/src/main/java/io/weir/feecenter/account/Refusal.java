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
    MEMBER_ALREADY
}
