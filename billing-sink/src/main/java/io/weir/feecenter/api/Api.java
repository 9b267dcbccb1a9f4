package io.weir.feecenter.api;

import static io.weir.feecenter.account.ApiScope.BILLS_READ;
import static io.weir.feecenter.account.ApiScope.WALLET_READ;
import static io.weir.feecenter.account.ApiScope.WALLET_WRITE;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.account.ApiTokens;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.settlement.WalletRefused;
import io.weir.feecenter.settlement.Wallets;
import java.time.InstantSource;
import javax.sql.DataSource;

/** The HTTP API: which path and method is answered by whom, and which scope it needs. All of it is about the token's own account. */
public final class Api {

    private final ApiTokens tokens;
    private final Callers callers;
    private final AccountEndpoints accounts;
    private final BillEndpoints bills;
    private final SumEndpoint sums;
    private final StatementEndpoints statements;
    private final CloudEndpoints clouds;
    private final WalletEndpoints wallets;
    private final WalletChanges changes;

    /**
     * The API over the fee center's database.
     *
     * @param clock the time by which is paid
     */
    public Api(DataSource source, InstantSource clock, ApiTokens tokens) {
        Wallets purses = new Wallets(LedgerDatabase.jdbi(source), clock);
        VoucherCodes vouchers = new VoucherCodes(LedgerDatabase.jdbi(source), clock);
        this.tokens = tokens;
        this.callers = new Callers(tokens);
        this.accounts = new AccountEndpoints(source, clock);
        this.bills = new BillEndpoints(source);
        this.sums = new SumEndpoint(source);
        this.statements = new StatementEndpoints(source);
        this.clouds = new CloudEndpoints(source);
        this.wallets = new WalletEndpoints(source, clock, purses);
        this.changes = new WalletChanges(source, clock, purses, vouchers);
    }

    /** Whether a request is of a program and not of a browser. */
    public static boolean isCalled(Context context) {
        return context.path().startsWith("/api/");
    }

    /** Adds all paths, and what is answered where a request is refused. */
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.before("/api/*", Api::refuseHead);
        routes.get("/openapi.json", Description::show)
                .get("/api/v1/account", reading(BILLS_READ, accounts::account))
                .get("/api/v1/workspaces", reading(BILLS_READ, accounts::workspaces))
                .get("/api/v1/bill", reading(BILLS_READ, bills::bill))
                .get("/api/v1/sums", reading(BILLS_READ, sums::sums))
                .get("/api/v1/lines", reading(BILLS_READ, bills::lines))
                .get("/api/v1/lines/{lineId}", reading(BILLS_READ, bills::line))
                .get("/api/v1/statements", reading(BILLS_READ, statements::statements))
                .get("/api/v1/statements/{number}", reading(BILLS_READ, statements::statement))
                .get("/api/v1/statements/{number}/lines", reading(BILLS_READ, statements::lines))
                .get("/api/v1/cloud-accounts", reading(BILLS_READ, clouds::accounts))
                .get("/api/v1/cloud-dues", reading(BILLS_READ, clouds::dues))
                .get("/api/v1/wallet", reading(WALLET_READ, wallets::wallet))
                .get("/api/v1/movements", reading(WALLET_READ, wallets::movements))
                .post("/api/v1/cards", changing(WALLET_WRITE, changes::buyCard))
                .post("/api/v1/vouchers", changing(WALLET_WRITE, changes::activateVoucher))
                .delete("/api/v1/tokens/current", this::revoke);
        routes.exception(Refused.class, Api::refuse)
                .exception(WalletRefused.class, (why, context) -> refuse(WalletChanges.refused(why), context));
    }

    /** What answers a reader. */
    @FunctionalInterface
    private interface Question {
        Object answer(Context context, ApiToken caller);
    }

    private Handler reading(ApiScope scope, Question question) {
        return context -> {
            ApiToken caller = callers.require(context, scope);
            String answer = Json.text(question.answer(context, caller));
            context.contentType("application/json").result(answer);
        };
    }

    /** What makes a change and answers with it. */
    @FunctionalInterface
    private interface Change {
        void make(Context context, ApiToken caller);
    }

    private Handler changing(ApiScope scope, Change change) {
        return context -> {
            ApiToken caller = callers.require(context, scope);
            Parameters.none(context);
            change.make(context, caller);
        };
    }

    /** Whoever has a token may give it back. A repeat is refused for the want of a token, and changes nothing. */
    private void revoke(Context context) {
        ApiToken caller = callers.require(context);
        Parameters.none(context);
        tokens.revoke(caller.accountId(), caller.tokenId());
        context.status(HttpStatus.NO_CONTENT);
    }

    /** Javalin would answer that all is well, without asking for a token. */
    private static void refuseHead(Context context) {
        if (context.method().equals(HandlerType.HEAD)) {
            throw Refused.method(context.method().name(), HandlerType.GET.name());
        }
    }

    private static void refuse(Refused refused, Context context) {
        refused.headers().forEach(context::header);
        refused.problem().answer(context);
    }
}
