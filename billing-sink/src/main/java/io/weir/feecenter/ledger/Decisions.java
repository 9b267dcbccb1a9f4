package io.weir.feecenter.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The rows that a decision about held-back lines adds, inside one transaction. */
final class Decisions {

    private final Handle handle;

    Decisions(Handle handle) {
        this.handle = handle;
    }

    /** Adds the decision to release an account, and lifts its stop; gives the decision's id. */
    long release(String accountId, Decision decision) {
        long id = add("RELEASE", accountId, decision);
        liftStop(accountId, id);
        return id;
    }

    /** Adds the decision to write these lines off; gives the decision's id. */
    long writeOff(@Nullable String accountId, List<HeldBackLine> lines, Decision decision) {
        long id = add("WRITE_OFF", accountId, decision);
        PreparedBatch outcomes = handle.prepareBatch("""
                INSERT INTO held_back_outcome
                       (topic_partition, topic_offset, decision_id, outcome, reason, detail, line_id)
                VALUES (:partition, :offset, :decision, 'WRITTEN_OFF', :reason, :detail, :line_id)
                """);
        lines.forEach(held -> outcomes.bind("partition", held.partition())
                .bind("offset", held.offset())
                .bind("decision", id)
                .bind("reason", held.reason().name())
                .bind("detail", held.detail())
                .bind("line_id", held.line() == null ? null : LineId.of(held.line()))
                .add());
        outcomes.execute();
        return id;
    }

    /** Lifts the stop of an account by this decision, if it is stopped. */
    void liftStop(String accountId, long decision) {
        handle.createUpdate("""
                        INSERT INTO account_stop_lift (stop_id, decision_id)
                        SELECT stop_id, :decision FROM account_stop AS stop
                        WHERE account_id = :account
                          AND NOT EXISTS (SELECT FROM account_stop_lift AS lift WHERE lift.stop_id = stop.stop_id)
                        """)
                .bind("account", accountId)
                .bind("decision", decision)
                .execute();
    }

    private long add(String kind, @Nullable String accountId, Decision decision) {
        return handle.createQuery("""
                        INSERT INTO held_back_decision (kind, account_id, decided_by, reason)
                        VALUES (:kind, :account, :by, :reason) RETURNING decision_id
                        """)
                .bind("kind", kind)
                .bind("account", accountId)
                .bind("by", decision.by())
                .bind("reason", decision.reason())
                .mapTo(Long.class)
                .one();
    }
}
