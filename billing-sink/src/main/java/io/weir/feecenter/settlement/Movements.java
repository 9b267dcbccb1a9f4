package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Moves money of one wallet, whose lock its transaction holds: each movement is postings that sum to zero. */
final class Movements {

    /** Where money comes from and goes to outside the purses. */
    enum Book {
        /** Money that came in through the bank. */
        BANK,
        /** Vouchers that were granted. */
        GRANT,
        /** Bill lines that were settled. */
        SETTLED
    }

    private final Handle handle;
    private final Wallet wallet;
    private final Instant now;

    Movements(Handle handle, Wallet wallet, Instant now) {
        this.handle = handle;
        this.wallet = wallet;
        this.now = now;
    }

    /**
     * Moves amounts between purses and a book outside, which gets the other side of their sum.
     *
     * @param reference names what is moved for; once per account and kind
     * @param inflows per purse what comes in, negative for what goes out; none of them zero
     * @return the movement's number, or nothing if this reference was moved before: nothing is written then
     */
    OptionalLong move(MovementKind kind, String reference, Map<Purse, BigDecimal> inflows, Book counterpart) {
        Long movement = addMovements(kind, List.of(reference)).get(reference);
        if (movement == null) {
            return OptionalLong.empty();
        }
        PreparedBatch postings = postings();
        add(postings, movement, inflows, counterpart);
        postings.execute();
        return OptionalLong.of(movement);
    }

    /** Whether a movement of this kind has this reference. */
    boolean isMoved(MovementKind kind, String reference) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM movement
                                       WHERE account_id = :account AND kind = :kind AND reference = :reference)
                        """)
                .bind("account", wallet.accountId())
                .bind("kind", kind.name())
                .bind("reference", reference)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Moves what purses pay for lines, each line in a movement of its own.
     *
     * @param paid the shares by the ids of the lines
     * @return the movements' numbers by the same ids
     * @throws IllegalStateException if a line has a movement: then it is settled, and whoever asks did not look
     */
    Map<String, Long> settle(Map<String, List<Share>> paid) {
        Map<String, Long> movements = addMovements(MovementKind.SETTLEMENT, List.copyOf(paid.keySet()));
        PreparedBatch postings = postings();
        paid.forEach((lineId, shares) -> {
            Long movement = movements.get(lineId);
            if (movement == null) {
                throw new IllegalStateException(
                        "line %s has a movement but is not settled: the tables contradict each other"
                                .formatted(lineId));
            }
            Map<Purse, BigDecimal> inflows = new LinkedHashMap<>();
            shares.forEach(share -> inflows.put(share.purse(), share.amount().negate()));
            add(postings, movement, inflows, Book.SETTLED);
        });
        postings.execute();
        return movements;
    }

    /** The numbers of new movements by their references, without references that were moved before. */
    private Map<String, Long> addMovements(MovementKind kind, List<String> references) {
        return handle.createQuery("""
                        INSERT INTO movement (account_id, currency, kind, reference, moved_at)
                        SELECT :account, :currency, :kind, reference, :now
                        FROM unnest(:references) WITH ORDINALITY AS asked (reference, place) ORDER BY place
                        ON CONFLICT (account_id, kind, reference) DO NOTHING RETURNING movement_id, reference
                        """)
                .bind("account", wallet.accountId())
                .bind("currency", wallet.currency())
                .bind("kind", kind.name())
                .bindArray("references", String.class, references)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .reduceRows(new HashMap<>(), (movements, row) -> {
                    movements.put(row.getColumn("reference", String.class), row.getColumn("movement_id", Long.class));
                    return movements;
                });
    }

    private PreparedBatch postings() {
        return handle.prepareBatch("""
                INSERT INTO movement_posting (movement_id, book, purse_id, account_id, currency, amount)
                VALUES (:movement, :book, :purse, :account, :currency, :amount)
                """);
    }

    private void add(PreparedBatch postings, long movement, Map<Purse, BigDecimal> inflows, Book counterpart) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Entry<Purse, BigDecimal> inflow : inflows.entrySet()) {
            bind(postings, movement, inflow.getKey().kind().name(), inflow.getValue())
                    .bind("purse", inflow.getKey().id())
                    .add();
            sum = sum.add(inflow.getValue());
        }
        if (sum.signum() != 0) {
            bind(postings, movement, counterpart.name(), sum.negate())
                    .bind("purse", (Long) null)
                    .add();
        }
    }

    private PreparedBatch bind(PreparedBatch postings, long movement, String book, BigDecimal amount) {
        return postings.bind("movement", movement)
                .bind("book", book)
                .bind("account", wallet.accountId())
                .bind("currency", wallet.currency())
                .bind("amount", amount);
    }
}
