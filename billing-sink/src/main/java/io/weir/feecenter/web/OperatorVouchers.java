package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.settlement.VoucherTerms;
import io.weir.wire.Secret;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Codes of vouchers, which the operator gives away; each is shown once. */
final class OperatorVouchers {

    private static final String PATH = "/operator/vouchers";
    private static final Pattern AMOUNT =
            Pattern.compile("0*[1-9][0-9]{0,11}(\\.[0-9]{1,2})?|0+\\.(0[1-9]|[1-9][0-9]?)");

    private final Pages pages;
    private final VoucherCodes codes;

    OperatorVouchers(Pages pages, VoucherCodes codes) {
        this.pages = pages;
        this.codes = codes;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::form).post(PATH, this::issue);
    }

    private void form(Context context) {
        Visits.operator(context);
        pages.show(context, "operator-vouchers", Map.of("code", ""));
    }

    /** Not by going on to another page: a code in an address would stay in the browser's history. */
    private void issue(Context context) {
        Visits.operator(context);
        pages.answer(
                context,
                () -> {
                    Secret code = codes.issue(terms(context), "operator");
                    pages.show(context, "operator-vouchers", Map.of("code", code.value()));
                },
                this::form);
    }

    private static VoucherTerms terms(Context context) {
        String threshold = Pages.typed(context, "threshold");
        return new VoucherTerms(
                Pages.typed(context, "currency"),
                amount(Pages.typed(context, "amount")),
                threshold.isEmpty() ? null : amount(threshold),
                expiry(Pages.typed(context, "expires")));
    }

    private static BigDecimal amount(@Nullable String typed) {
        if (typed == null || !AMOUNT.matcher(typed).matches()) {
            throw new InputRefused("operator-vouchers.amount-invalid");
        }
        return new BigDecimal(typed);
    }

    /** The end of a day, in UTC. */
    private static Instant expiry(String typed) {
        return Words.day(typed)
                .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElseThrow(() -> new InputRefused("operator-vouchers.day-invalid"));
    }
}
