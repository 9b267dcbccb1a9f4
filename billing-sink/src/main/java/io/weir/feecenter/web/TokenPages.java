package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.account.ApiTokens;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The API tokens of a fee-center account: a new one is shown once, on the page that answers the form. */
final class TokenPages {

    private final Pages pages;
    private final ApiTokens tokens;

    TokenPages(Pages pages, ApiTokens tokens) {
        this.pages = pages;
        this.tokens = tokens;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/tokens", this::list)
                .post("/fee-center/tokens", context -> pages.answer(context, () -> make(context), this::list))
                .post(
                        "/fee-center/tokens/{token}/revoke",
                        context -> pages.submit(context, () -> revoke(context), this::list));
    }

    private void list(Context context) {
        show(context, "");
    }

    private void show(Context context, String made) {
        String account = Visits.payer(context).accountId();
        pages.show(context, "tokens", Map.of("tokens", tokens.of(account), "made", made));
    }

    /** Not sent on to another page: the token would have to stand in its address. */
    private void make(Context context) {
        String account = Visits.payer(context).accountId();
        show(
                context,
                tokens.make(account, Pages.typed(context, "name"), scopes(context))
                        .value());
    }

    private static Set<ApiScope> scopes(Context context) {
        Set<ApiScope> scopes = context.formParams("scope").stream()
                .map(ApiScope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        if (scopes.isEmpty()) {
            throw new InputRefused("tokens.no-scope");
        }
        return scopes;
    }

    private String revoke(Context context) {
        tokens.revoke(Visits.payer(context).accountId(), tokenId(context));
        return "/fee-center/tokens?said=token-revoked";
    }

    private static long tokenId(Context context) {
        try {
            return Long.parseLong(context.pathParam("token"));
        } catch (NumberFormatException notANumber) {
            throw new NotFoundResponse("there is no such token");
        }
    }
}
