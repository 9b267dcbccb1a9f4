package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.account.ApiTokens;
import io.weir.wire.Secret;
import java.util.Optional;

/** Who calls: what the token in the header {@code Authorization} is of. A token anywhere else is not looked at. */
final class Callers {

    private static final String SCHEME = "Bearer ";

    private final ApiTokens tokens;

    Callers(ApiTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The token of a request.
     *
     * @throws Refused 401 without a token, or with one that is unknown or revoked: which of them is not said
     */
    ApiToken require(Context context) {
        Secret token = shown(context)
                .orElseThrow(() -> Refused.unauthorized(
                        "realm=\"weir\"",
                        "show an API token: Authorization: Bearer weir_…; the fee center's page Tokens makes one"));
        return tokens.find(token)
                .orElseThrow(() -> Refused.unauthorized(
                        "realm=\"weir\", error=\"invalid_token\"",
                        "this token opens nothing: it is unknown or revoked"));
    }

    /**
     * The token of a request that needs a scope.
     *
     * @throws Refused 401, or 403 with the name of the scope that the token lacks
     */
    ApiToken require(Context context, ApiScope scope) {
        ApiToken token = require(context);
        if (!token.allows(scope)) {
            throw Refused.withoutScope(scope.word());
        }
        return token;
    }

    private static Optional<Secret> shown(Context context) {
        return Optional.ofNullable(context.header("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> new Secret(header.substring(SCHEME.length()).strip()));
    }
}
