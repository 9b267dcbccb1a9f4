package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.settlement.Balances;
import io.weir.feecenter.settlement.BankTransfer;
import io.weir.feecenter.settlement.BankTransfers;
import io.weir.feecenter.settlement.Wallet;
import io.weir.feecenter.settlement.Wallets;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** Bank transfers, which the operator enters: each is booked after a page that says what follows (fee-center-rules.md §5). */
final class OperatorTransfers {

    private static final String PATH = "/operator/transfers";
    private static final int SHOWN = 200;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,2})?");

    /** Where a day begins first. */
    private static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(14);

    private final Pages pages;
    private final FeeCenterAccounts payers;
    private final BankTransfers transfers;
    private final Wallets wallets;
    private final InstantSource clock;

    OperatorTransfers(Pages pages, FeeCenterAccounts payers, Jdbi jdbi, InstantSource clock) {
        this.pages = pages;
        this.payers = payers;
        this.transfers = new BankTransfers(jdbi, clock);
        this.wallets = new Wallets(jdbi, clock);
        this.clock = clock;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::list)
                .post(PATH + "/ask", context -> pages.answer(context, () -> ask(context), this::list))
                .post(PATH, context -> pages.submit(context, () -> enter(context), this::list));
    }

    private void list(Context context) {
        Visits.operator(context);
        pages.show(context, "operator-transfers", Map.of("transfers", transfers.newest(SHOWN)));
    }

    /** Only says what would follow. */
    private void ask(Context context) {
        Visits.operator(context);
        FeeCenterAccount payer = payer(context);
        BankTransfer transfer = transfer(context, payer);
        refuseRepeat(context, transfer);
        Balances balances = Balances.of(wallets.purses(payer.accountId()), clock.instant());
        boolean locked =
                wallets.wallet(payer.accountId()).flatMap(Wallet::locked).isPresent();
        pages.show(
                context, "operator-transfer", Map.of("transfer", transfer, "owed", balances.owed(), "locked", locked));
    }

    private String enter(Context context) {
        Visits.operator(context);
        BankTransfer transfer = transfer(context, payer(context));
        if (!transfers.enter(transfer)) {
            refuseRepeat(context, transfer);
        }
        return PATH + "?said=transfer-booked";
    }

    private void refuseRepeat(Context context, BankTransfer transfer) {
        transfers.find(transfer.reference()).ifPresent(before -> {
            Frame frame = Frame.of(context);
            throw new InputRefused(
                    "transfers.entered-before",
                    before.reference(),
                    frame.money(before.amount(), before.currency()),
                    before.userName(),
                    frame.minute(before.enteredAt()));
        });
    }

    private FeeCenterAccount payer(Context context) {
        return payers.byUserName(Pages.typed(context, "user-name"))
                .orElseThrow(() -> new InputRefused("Refusal.NOT_FOUND"));
    }

    private BankTransfer transfer(Context context, FeeCenterAccount payer) {
        Instant now = clock.instant();
        return new BankTransfer(
                reference(Pages.typed(context, "reference")),
                payer.accountId(),
                payer.userName(),
                payer.currency().name(),
                amount(Pages.typed(context, "amount")),
                receivedOn(Pages.typed(context, "received-on"), now),
                "operator",
                now);
    }

    private static String reference(String typed) {
        String reference = BankTransfer.reference(typed);
        if (!BankTransfer.isReference(reference)) {
            throw new InputRefused("transfers.reference-invalid");
        }
        return reference;
    }

    private static BigDecimal amount(String typed) {
        if (!AMOUNT.matcher(typed).matches() || !Wallets.isAmount(new BigDecimal(typed))) {
            throw new InputRefused("wallet.amount-invalid");
        }
        return new BigDecimal(typed);
    }

    private static LocalDate receivedOn(String typed, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, EASTERNMOST);
        return Words.day(typed)
                .filter(day -> !day.isAfter(today))
                .orElseThrow(() -> new InputRefused("transfers.day-invalid"));
    }
}
