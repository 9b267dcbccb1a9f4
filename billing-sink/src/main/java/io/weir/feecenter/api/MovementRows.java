package io.weir.feecenter.api;

import io.weir.feecenter.settlement.MovementKind;
import io.weir.wire.Secret;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Jdbi;

/** The movements of wallets, each with its postings. */
final class MovementRows {

    private static final String ROWS = """
            SELECT movement_id, kind, reference, moved_at, currency,
                   (SELECT jsonb_agg(jsonb_build_object('book', book, 'purse_id', purse_id::text, 'amount', round(amount, 2)::text)
                                     ORDER BY book, purse_id)
                    FROM movement_posting AS posting WHERE posting.movement_id = movement.movement_id) AS postings
            FROM movement WHERE account_id = :account
            """;

    private static final Listing<MovementRow> MOVEMENTS = new Listing<>(
            MovementRow.class, ROWS + " <behind>", List.of(Key.number("movement_id")), true, MovementRow::place);

    private final Jdbi jdbi;

    MovementRows(DataSource source) {
        this.jdbi = Rows.of(source, MovementRow.class);
    }

    Page<MovementRow> page(Parameters asked, String accountId) {
        return jdbi.withHandle(handle -> MOVEMENTS.page(handle, asked, Map.of("account", accountId)));
    }

    /** The one movement of this kind and reference, which must be there. */
    MovementRow of(String accountId, MovementKind kind, String reference) {
        return jdbi.withHandle(handle -> handle.createQuery(ROWS + " AND kind = :kind AND reference = :reference")
                .bind("account", accountId)
                .bind("kind", kind)
                .bind("reference", reference)
                .mapTo(MovementRow.class)
                .one());
    }

    /** The movement that a voucher code has become, which must be there. */
    MovementRow ofVoucher(String accountId, Secret code) {
        return jdbi.withHandle(handle -> handle.createQuery(ROWS + """
                         AND movement_id = (SELECT movement_id FROM voucher_activation JOIN voucher_code USING (voucher_code_id)
                                            WHERE code_sha256 = :hash)
                        """)
                .bind("account", accountId)
                .bind("hash", DigestUtils.sha256Hex(code.value()))
                .mapTo(MovementRow.class)
                .one());
    }
}
