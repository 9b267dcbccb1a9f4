package io.weir.feecenter.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API token: everything but the token itself.
 *
 * @param tokenId its number
 * @param accountId the fee-center account whose programs use it
 * @param name what it is for, in the words of whoever made it
 * @param scopes what it may be used for; never empty
 * @param revokedAt since when it opens nothing; null while it does
 */
public record ApiToken(
        long tokenId,
        String accountId,
        String name,
        Set<ApiScope> scopes,
        Instant madeAt,
        @Nullable Instant revokedAt) {

    /** A copy that nobody changes. */
    public ApiToken {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it may be used for this. */
    public boolean allows(ApiScope scope) {
        return scopes.contains(scope);
    }
}
