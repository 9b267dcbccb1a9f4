package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.Refusal;
import io.weir.feecenter.api.Api;
import io.weir.feecenter.api.Problem;
import io.weir.feecenter.ledger.DatabaseTrouble;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered where there is no page: in words to a browser, as a problem of RFC 9457 to a program. */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    private static final Set<Refusal> HIDDEN = Set.of(Refusal.NOT_FOUND, Refusal.NOT_ALLOWED);

    private final Pages pages;
    private final Visits visits;

    Troubles(Pages pages, Visits visits) {
        this.pages = pages;
        this.visits = visits;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.exception(SignInNeeded.class, (needed, context) -> context.redirect(needed.page()));
        routes.exception(
                AccountRefused.class,
                (refused, context) -> answer(context, statusOf(refused.refusal()), detail(refused)));
        routes.exception(MethodNotAllowedResponse.class, this::anotherMethod);
        routes.exception(
                InputRefused.class,
                (refused, context) -> answer(context, HttpStatus.UNPROCESSABLE_CONTENT.getCode(), detail(refused)));
        routes.exception(
                HttpResponseException.class,
                (trouble, context) -> answer(context, trouble.getStatus(), detail(trouble)));
        routes.exception(Exception.class, this::failed);
    }

    /** Javalin tells which methods there are in a detail, whose name depends on who asks. */
    private void anotherMethod(MethodNotAllowedResponse trouble, Context context) {
        String allowed = String.join(", ", trouble.getDetails().values());
        context.header("Allow", allowed);
        answer(
                context,
                trouble.getStatus(),
                "%s: not allowed; allowed is %s".formatted(context.method().name(), allowed));
    }

    private static String detail(Exception trouble) {
        return Objects.requireNonNullElse(trouble.getMessage(), "");
    }

    private static int statusOf(Refusal refusal) {
        return (HIDDEN.contains(refusal) ? HttpStatus.NOT_FOUND : HttpStatus.UNPROCESSABLE_CONTENT).getCode();
    }

    /** A defect, or the database is away: which of them is in the log, not on the page. */
    private void failed(Exception trouble, Context context) {
        if (DatabaseTrouble.passes(trouble)) {
            LOG.warn("{} {}: {}", context.method(), context.path(), DatabaseTrouble.describe(trouble));
            answer(context, HttpStatus.SERVICE_UNAVAILABLE.getCode(), "the database is away");
        } else {
            LOG.error("{} {} failed", context.method(), context.path(), trouble);
            answer(context, HttpStatus.INTERNAL_SERVER_ERROR.getCode(), "this is a defect; the log says more");
        }
    }

    private void answer(Context context, int status, String detail) {
        context.status(status);
        if (Api.isCalled(context)) {
            Problem.answer(context, status, detail);
            return;
        }
        if (context.attribute("frame") == null) {
            visits.beginWithoutDatabase(context);
        }
        pages.show(context, "trouble", Map.of("status", status));
    }
}
