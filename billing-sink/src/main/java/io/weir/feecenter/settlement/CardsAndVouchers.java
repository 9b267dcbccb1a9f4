package io.weir.feecenter.settlement;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** All prepaid cards and vouchers that an account has ever had, also those that are empty or have expired. */
public final class CardsAndVouchers {

    private final Jdbi jdbi;

    /** Over the ledger's database. */
    public CardsAndVouchers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those of an account, in the order in which they came. What filled a purse at first is its oldest posting. */
    public List<CardOrVoucher> of(String accountId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT purse.kind, movement.kind AS origin, movement.reference, movement.moved_at AS received_at,
                               coalesce(filled.amount, 0) AS received, purse.balance, purse.threshold, purse.expires_at,
                               purse.currency
                        FROM purse
                            LEFT JOIN LATERAL (
                                SELECT movement_id, amount FROM movement_posting AS posting
                                WHERE posting.purse_id = purse.purse_id ORDER BY movement_id LIMIT 1) AS filled ON true
                            LEFT JOIN movement USING (movement_id)
                        WHERE purse.account_id = :account AND purse.kind IN ('VOUCHER', 'THRESHOLD_VOUCHER', 'CARD')
                        ORDER BY purse.purse_id
                        """)
                .bind("account", accountId)
                .map(ConstructorMapper.of(CardOrVoucher.class))
                .list());
    }
}
