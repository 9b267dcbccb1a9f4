package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.settlement.MovementKind;
import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.settlement.WalletRefused;
import io.weir.feecenter.settlement.Wallets;
import io.weir.wire.Secret;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** What a program may change in the wallet of its account. Each change is answered with the movement that it has become. */
final class WalletChanges {

    private static final Pattern CARD = Pattern.compile("[1-9][0-9]{0,8}00");
    private static final Pattern CODE = Pattern.compile("vch_[0-9a-f]{32}");

    private final FeeCenterAccounts accounts;
    private final Wallets wallets;
    private final VoucherCodes vouchers;
    private final MovementRows movements;
    private final OneEffect once;
    private final InstantSource clock;

    WalletChanges(DataSource source, InstantSource clock, Wallets wallets, VoucherCodes vouchers) {
        this.accounts = new FeeCenterAccounts(source, clock);
        this.wallets = wallets;
        this.vouchers = vouchers;
        this.movements = new MovementRows(source);
        this.once = new OneEffect(source, clock);
        this.clock = clock;
    }

    void buyCard(Context context, ApiToken caller) {
        BigDecimal amount = new BigDecimal(
                Body.text(context, "amount", CARD, "a multiple of 100 from 100 to 99999999900, as text"));
        once.answer(context, caller, reference -> buyCard(caller.accountId(), amount, reference));
    }

    private MovementRow buyCard(String account, BigDecimal amount, String reference) {
        Instant expires = Wallets.cardEnd(clock.instant());
        String currency = accounts.find(account).orElseThrow().currency().name();
        wallets.buyCardFromCash(account, currency, amount, expires, reference);
        return movements.of(account, MovementKind.CARD_FROM_CASH, reference);
    }

    /** A code is activated once by itself, so that it needs no reference of ours. */
    void activateVoucher(Context context, ApiToken caller) {
        Secret code = new Secret(Body.text(context, "code", CODE, "vch_ and 32 hex digits"));
        once.answer(context, caller, reference -> {
            vouchers.activate(caller.accountId(), code);
            return movements.ofVoucher(caller.accountId(), code);
        });
    }

    static Refused refused(WalletRefused why) {
        return new Refused(HttpStatus.UNPROCESSABLE_CONTENT, why.reason() + ": " + why.getMessage());
    }
}
