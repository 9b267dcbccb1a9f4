package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What paid, each negative where something was given back. What is owed was owed when the line was settled, whatever was paid since.
 *
 * @param voucher ordinary vouchers and those with a threshold
 * @param card prepaid cards
 * @param cash money that was topped up
 * @param cloud a cloud account
 * @param owed nobody yet
 */
public record PaidBy(BigDecimal voucher, BigDecimal card, BigDecimal cash, BigDecimal cloud, BigDecimal owed) {

    /** Nothing was paid. */
    static final PaidBy NOTHING =
            new PaidBy(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    PaidBy plus(PaidBy more) {
        return new PaidBy(
                voucher.add(more.voucher),
                card.add(more.card),
                cash.add(more.cash),
                cloud.add(more.cloud),
                owed.add(more.owed));
    }

    static PaidBy of(ResultSet row) throws SQLException {
        return new PaidBy(
                Amounts.in(row, "voucher"),
                Amounts.in(row, "card"),
                Amounts.in(row, "cash"),
                Amounts.in(row, "cloud"),
                Amounts.in(row, "owed"));
    }
}
