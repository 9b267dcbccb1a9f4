package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** The one door of the operator, who has no account here but a password from the settings. */
public final class OperatorAccess {

    private final Optional<Secret> password;
    private final SignInTries tries;

    /** The door opens for this password; without one it never does. Tries are counted in the database behind this source. */
    public OperatorAccess(DataSource source, InstantSource clock, Optional<Secret> password) {
        this.password = password;
        this.tries = new SignInTries(new Changes(source), clock, "operator");
    }

    /**
     * Lets in whoever has the password, in a time that tells nothing of how much of it was right.
     *
     * @throws AccountRefused {@link Refusal#SIGN_IN_FAILED} or {@link Refusal#TOO_MANY_TRIES}
     */
    public void signIn(Secret tried) {
        tries.begin("");
        boolean right = password.map(known -> MessageDigest.isEqual(bytes(known), bytes(tried)))
                .orElse(false);
        if (!right) {
            throw new AccountRefused(Refusal.SIGN_IN_FAILED, "this is not the operator's password");
        }
        tries.succeeded("");
    }

    private static byte[] bytes(Secret secret) {
        return secret.value().getBytes(StandardCharsets.UTF_8);
    }
}
