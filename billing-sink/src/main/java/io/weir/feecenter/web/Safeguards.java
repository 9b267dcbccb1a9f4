package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.api.Api;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds for every request, whoever sends it. */
final class Safeguards {

    /** Nothing but what this server sends: no inline script or style, no frame, no form to elsewhere but to where payments are made. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "form-action 'self'%s; frame-ancestors 'none'; base-uri 'none'";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final Supplier<Optional<String>> unready;
    private final boolean secure;
    private final String contentPolicy;

    /**
     * For every request.
     *
     * @param unready why nothing can be answered yet
     * @param secure whether browsers come over TLS
     * @param payments origins to which a form may lead, because it asks for a payment there
     */
    Safeguards(Supplier<Optional<String>> unready, boolean secure, Set<URI> payments) {
        this.unready = unready;
        this.secure = secure;
        this.contentPolicy = CONTENT_POLICY.formatted(payments.stream()
                .map(place -> " %s://%s".formatted(place.getScheme(), place.getRawAuthority()))
                .sorted()
                .collect(Collectors.joining()));
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.before(this::addHeaders).before(this::requireReady).before(this::refuseForeignForms);
    }

    /** Adds the headers that keep a browser from doing what no page here needs. */
    private void addHeaders(Context context) {
        context.header("Content-Security-Policy", contentPolicy);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
        if (secure) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Nothing is answered before the tables are there. */
    private void requireReady(Context context) {
        unready.get().ifPresent(reason -> {
            throw new ServiceUnavailableResponse(reason);
        });
    }

    /**
     * Lets no other site act with a reader's cookies: a browser says where each form that it sends comes from. Requests of the API carry no
     * cookies and need not say it.
     */
    private void refuseForeignForms(Context context) {
        if (SAFE.contains(context.method().name()) || Api.isCalled(context)) {
            return;
        }
        boolean own = Optional.ofNullable(context.header("Sec-Fetch-Site"))
                .map("same-origin"::equals)
                .orElseGet(() -> isOwn(context.header("Origin"), context.host()));
        if (!own) {
            throw new ForbiddenResponse("this form was not sent from a page of this console");
        }
    }

    private static boolean isOwn(@Nullable String origin, @Nullable String host) {
        try {
            return origin != null
                    && host != null
                    && host.equals(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
