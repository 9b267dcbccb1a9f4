package io.weir.feecenter.settlement;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Says how single lines were settled; it changes nothing. */
public final class LineSettlements {

    private final Jdbi jdbi;

    /** Asks the ledger's database. */
    public LineSettlements(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How a line was settled; nothing while it is open. */
    public Optional<LineSettlement> find(String lineId) {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        SELECT settled.method, cloud.customer_identifier, settled.settled_at, statement.number
                        FROM settled_line AS settled LEFT JOIN cloud_account AS cloud USING (cloud_account_id)
                            LEFT JOIN statement_line USING (line_id) LEFT JOIN statement USING (statement_id)
                        WHERE line_id = :line
                        """)
                .bind("line", lineId)
                .map((row, context) -> new LineSettlement(
                        SettlementMethod.valueOf(row.getString("method")),
                        row.getString("customer_identifier"),
                        row.getObject("settled_at", OffsetDateTime.class).toInstant(),
                        row.getString("number"),
                        shares(handle, lineId)))
                .findOne());
    }

    private static List<LineSettlement.PurseShare> shares(Handle handle, String lineId) {
        return handle.createQuery("""
                        SELECT purse_id, purse.kind, purse.expires_at, -posting.amount AS amount
                        FROM settled_line JOIN movement_posting AS posting USING (movement_id) JOIN purse USING (purse_id)
                        WHERE line_id = :line ORDER BY posting.amount, purse_id
                        """)
                .bind("line", lineId)
                .map(ConstructorMapper.of(LineSettlement.PurseShare.class))
                .list();
    }
}
