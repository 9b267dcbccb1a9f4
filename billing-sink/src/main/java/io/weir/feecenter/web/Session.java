package io.weir.feecenter.web;

import org.jspecify.annotations.Nullable;

/**
 * Who is signed in with a browser. The two accounts are independent: either may be there without the other.
 *
 * @param consoleAccountId the person; null if nobody is signed in to the console
 * @param accountId the fee-center account; null if nobody is signed in to the fee center
 * @param operator whether the operator's password was given
 */
record Session(@Nullable String consoleAccountId, @Nullable String accountId, boolean operator) {

    /** Nobody. */
    static final Session NOBODY = new Session(null, null, false);

    Session withPerson(String person) {
        return new Session(person, accountId, operator);
    }

    Session withPayer(String payer) {
        return new Session(consoleAccountId, payer, operator);
    }

    Session withOperator() {
        return new Session(consoleAccountId, accountId, true);
    }
}
