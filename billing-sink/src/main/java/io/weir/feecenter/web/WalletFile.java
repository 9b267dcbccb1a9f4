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

/** The cards and vouchers of an account as a file (fee-center-rules.md §5). */
final class WalletFile {

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
                columns(now),
                rows -> owned.of(payer.accountId()).forEach(rows));
    }

    private static List<Column<CardOrVoucher>> columns(Instant now) {
        return List.of(
                new Column<>("kind", CardOrVoucher::kind),
                new Column<>("origin", CardOrVoucher::origin),
                new Column<>("reference", CardOrVoucher::reference),
                new Column<>("received_at", CardOrVoucher::receivedAt),
                new Column<>("received", CardOrVoucher::received),
                new Column<>("balance", CardOrVoucher::balance),
                new Column<>("threshold", CardOrVoucher::threshold),
                new Column<>("expires_at", CardOrVoucher::expiresAt),
                new Column<>("expired", one -> one.isExpired(now)),
                new Column<>("currency", CardOrVoucher::currency));
    }
}
