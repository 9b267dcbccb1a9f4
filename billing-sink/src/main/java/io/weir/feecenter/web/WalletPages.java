package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.PaymentProvider;
import io.weir.feecenter.settlement.Payments;
import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.settlement.WalletRefused;
import io.weir.feecenter.settlement.Wallets;
import io.weir.wire.Secret;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/**
 * The purses of an account, and what fills them. Each form has a random name of its own, its request: sending the same form twice moves money
 * once.
 */
final class WalletPages {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,2})?");
    private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9-]{8,64}");

    private static final Pattern PAYMENT = Pattern.compile("pay_[0-9a-f]{32}");

    private final Pages pages;
    private final InstantSource clock;
    private final Wallets wallets;
    private final Optional<Payments> payments;
    private final VoucherCodes codes;

    WalletPages(Pages pages, Jdbi jdbi, InstantSource clock, Optional<PaymentProvider> provider) {
        this.pages = pages;
        this.clock = clock;
        this.wallets = new Wallets(jdbi, clock);
        this.payments = provider.map(its -> new Payments(jdbi, clock, its));
        this.codes = new VoucherCodes(jdbi, clock);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/wallet", this::wallet)
                .post("/fee-center/wallet/top-up", form(this::topUp))
                .post("/fee-center/wallet/card", form(this::buyCard))
                .post("/fee-center/wallet/voucher", form(this::activate))
                .get("/fee-center/wallet/paid", this::paid);
    }

    private Handler form(Deed deed) {
        return context -> pages.submit(context, () -> deed.done(context, Visits.payer(context)), this::wallet);
    }

    /** What a form of this page asks for; returns where to go on. */
    @FunctionalInterface
    private interface Deed {
        String done(Context context, FeeCenterAccount payer);
    }

    private void wallet(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        Instant now = clock.instant();
        pages.show(
                context,
                "wallet",
                Map.of(
                        "purses",
                        wallets.purses(payer.accountId()),
                        "now",
                        now,
                        "cardEnd",
                        Wallets.cardEnd(now),
                        "request",
                        UUID.randomUUID().toString(),
                        "online",
                        payments.isPresent()));
    }

    private String topUp(Context context, FeeCenterAccount payer) {
        BigDecimal amount = amount(context, Wallets::isAmount, "wallet.amount-invalid");
        return payments()
                .topUp(payer.accountId(), payer.currency().name(), amount, request(context))
                .place()
                .toString();
    }

    private String buyCard(Context context, FeeCenterAccount payer) {
        BigDecimal amount = amount(context, Wallets::isCardAmount, "wallet.card-amount-invalid");
        String account = payer.accountId();
        String currency = payer.currency().name();
        Instant end = Wallets.cardEnd(clock.instant());
        if (Pages.typed(context, "from").equals("cash")) {
            wallets.buyCardFromCash(account, currency, amount, end, request(context));
            return "/fee-center/wallet?said=card-bought";
        }
        return payments()
                .buyCard(account, currency, amount, end, request(context))
                .place()
                .toString();
    }

    private String activate(Context context, FeeCenterAccount payer) {
        codes.activate(payer.accountId(), new Secret(Pages.typed(context, "code")));
        return "/fee-center/wallet?said=voucher-activated";
    }

    /** Where the payment provider sends its customer back to. What the provider itself answers counts, not the address. */
    private void paid(Context context) {
        Visits.payer(context);
        String reference = context.queryParam("reference");
        boolean paid = reference != null
                && PAYMENT.matcher(reference).matches()
                && payments.map(its -> isPaid(its, reference)).orElse(false);
        context.redirect(paid ? "/fee-center/wallet?said=paid" : "/fee-center/wallet?said=not-paid-yet");
    }

    /** A reference of no payment, as anybody may type, has no page. */
    private static boolean isPaid(Payments payments, String reference) {
        try {
            return payments.confirm(reference);
        } catch (WalletRefused noSuchPayment) {
            throw new InputRefused("WalletRefused." + noSuchPayment.reason());
        }
    }

    private Payments payments() {
        return payments.orElseThrow(() -> new InputRefused("wallet.no-payments"));
    }

    private static BigDecimal amount(Context context, Predicate<BigDecimal> allowed, String otherwise) {
        String typed = Pages.typed(context, "amount");
        if (!AMOUNT.matcher(typed).matches() || !allowed.test(new BigDecimal(typed))) {
            throw new InputRefused(otherwise);
        }
        return new BigDecimal(typed);
    }

    private static String request(Context context) {
        String request = Pages.typed(context, "request");
        if (!REQUEST.matcher(request).matches()) {
            throw new InputRefused("wallet.request-invalid");
        }
        return request;
    }
}
