package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.settlement.Wallets;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What is in the wallet of an account, and what moved there. */
final class WalletEndpoints {

    private final FeeCenterAccounts accounts;
    private final Wallets wallets;
    private final MovementRows movements;

    WalletEndpoints(DataSource source, InstantSource clock, Wallets wallets) {
        this.accounts = new FeeCenterAccounts(source, clock);
        this.wallets = wallets;
        this.movements = new MovementRows(source);
    }

    WalletRow wallet(Context context, ApiToken caller) {
        Parameters.none(context);
        String account = caller.accountId();
        String currency = accounts.find(account).orElseThrow().currency().name();
        return WalletRow.of(currency, wallets.wallet(account), wallets.purses(account));
    }

    Page<MovementRow> movements(Context context, ApiToken caller) {
        return movements.page(Parameters.ofList(context), caller.accountId());
    }
}
