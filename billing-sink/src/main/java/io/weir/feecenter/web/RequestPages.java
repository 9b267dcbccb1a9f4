package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.AdministratorRequests;
import io.weir.feecenter.account.FeeCenterAccount;
import java.util.Map;

/** What waits for the answer of a fee-center account: members who are to become administrators (fee-center-rules.md §2). */
final class RequestPages {

    private static final String PATH = "/fee-center/requests";

    private final Pages pages;
    private final AdministratorRequests requests;

    RequestPages(Pages pages, AdministratorRequests requests) {
        this.pages = pages;
        this.requests = requests;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::list)
                .post(PATH + "/{request}/accept", context -> pages.submit(context, () -> accept(context), this::list))
                .post(PATH + "/{request}/refuse", context -> pages.submit(context, () -> refuse(context), this::list));
    }

    private void list(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        pages.show(context, "requests", Map.of("requests", requests.ofPayer(payer.accountId())));
    }

    private String accept(Context context) {
        answer(context, true);
        return PATH + "?said=request-accepted";
    }

    private String refuse(Context context) {
        answer(context, false);
        return PATH + "?said=request-refused";
    }

    private void answer(Context context, boolean accepted) {
        FeeCenterAccount payer = Visits.payer(context);
        String number = context.pathParam("request");
        if (!number.matches("[0-9]{1,18}")) {
            throw new NotFoundResponse("no request has the number [%s]".formatted(number));
        }
        requests.answer(payer.accountId(), Long.parseLong(number), accepted);
    }
}
