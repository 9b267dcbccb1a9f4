package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.settlement.CardOrVoucher;
import io.weir.feecenter.settlement.CardsAndVouchers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The cards and vouchers of an account as a file (fee-center-rules.md §5). */
final class WalletFile {

    private static final List<String> COLUMNS = List.of(
            "kind",
            "origin",
            "reference",
            "received_at",
            "received",
            "balance",
            "threshold",
            "expires_at",
            "expired",
            "currency");

    private final CardsAndVouchers owned;
    private final InstantSource clock;

    WalletFile(Jdbi jdbi, InstantSource clock) {
        this.owned = new CardsAndVouchers(jdbi);
        this.clock = clock;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/fee-center/cards-and-vouchers.csv", this::file);
    }

    private void file(Context context) {
        FeeCenterAccount payer = Visits.payer(context);
        Instant now = clock.instant();
        Csv.answer(
                context,
                "cards-and-vouchers-%s.csv".formatted(payer.userName()),
                COLUMNS,
                csv -> owned.of(payer.accountId()).forEach(one -> csv.row(cells(one, now))));
    }

    private static @Nullable Object[] cells(CardOrVoucher one, Instant now) {
        return new @Nullable Object[] {
            one.kind(),
            one.origin(),
            one.reference(),
            one.receivedAt(),
            one.received(),
            one.balance(),
            one.threshold(),
            one.expiresAt(),
            one.isExpired(now),
            one.currency()
        };
    }
}
