package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.AdministratorRequests;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.Arrears;
import io.weir.feecenter.settlement.Balances;
import io.weir.feecenter.settlement.ChargeSums;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.Wallet;
import io.weir.feecenter.settlement.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The first page of the fee center: what an account has, for which workspaces it pays, and what this month comes to so far. */
final class FeeCenterPages {

    private final Pages pages;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Wallets wallets;
    private final SettlementMethods methods;
    private final AdministratorRequests requests;

    FeeCenterPages(Pages pages, Jdbi jdbi, InstantSource clock, AdministratorRequests requests) {
        this.pages = pages;
        this.jdbi = jdbi;
        this.clock = clock;
        this.wallets = new Wallets(jdbi, clock);
        this.requests = requests;
        this.methods = new SettlementMethods(jdbi, clock);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center", this::overview);
    }

    private void overview(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        YearMonth month = thisMonth(clock.instant());
        ChargeSums charges = new ChargeSums(jdbi, payer.accountId(), month.atDay(1), month.atEndOfMonth());
        Map<String, Object> matter = new HashMap<>(balance(payer));
        matter.put("workspaces", methods.ofAccount(payer.accountId()));
        matter.put("requests", requests.ofPayer(payer.accountId()).size());
        matter.put("month", month);
        matter.put("charges", charges.sums());
        matter.put("open", charges.open());
        pages.show(context, "fee-center", matter);
    }

    private Map<String, Object> balance(FeeCenterAccount payer) {
        Optional<Wallet> wallet = wallets.wallet(payer.accountId());
        return Map.of(
                "balance",
                Balances.of(wallets.purses(payer.accountId()), clock.instant()),
                "lockDue",
                wallet.flatMap(Wallet::inArrears).map(since -> since.plus(Arrears.GRACE)),
                "lockedSince",
                wallet.flatMap(Wallet::locked));
    }

    /** The month by UTC: a billing day is over sooner or later than that by less than a day, and has no line before it is over. */
    static YearMonth thisMonth(Instant now) {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC));
    }
}
