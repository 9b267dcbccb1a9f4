package io.weir.feecenter.account;

/**
 * What a sign-in is checked against.
 *
 * @param id of the account
 * @param passwordHash as {@link Passwords} made it
 */
record Credentials(String id, String passwordHash) {

    @Override
    public String toString() {
        return "credentials of " + id;
    }
}
