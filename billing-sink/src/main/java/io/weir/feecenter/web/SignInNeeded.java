package io.weir.feecenter.web;

/** Nobody is signed in where somebody has to be. */
final class SignInNeeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String page;

    /** The page on which to sign in. */
    SignInNeeded(String page) {
        super("not signed in: " + page, null, false, false);
        this.page = page;
    }

    String page() {
        return page;
    }
}
