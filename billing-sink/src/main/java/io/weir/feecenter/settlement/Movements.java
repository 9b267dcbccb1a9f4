package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
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
        OptionalLong movement = addMovement(kind, reference);
        if (movement.isPresent()) {
            addPostings(movement.getAsLong(), inflows, counterpart);
        }
        return movement;
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

    /** The same for shares: what a purse pays goes out of it. */
    OptionalLong settle(String lineId, List<Share> shares) {
        Map<Purse, BigDecimal> inflows = new LinkedHashMap<>();
        shares.forEach(share -> inflows.put(share.purse(), share.amount().negate()));
        return move(MovementKind.SETTLEMENT, lineId, inflows, Book.SETTLED);
    }

    private OptionalLong addMovement(MovementKind kind, String reference) {
        return handle
                .createQuery("""
                        INSERT INTO movement (account_id, currency, kind, reference, moved_at)
                        VALUES (:account, :currency, :kind, :reference, :now)
                        ON CONFLICT (account_id, kind, reference) DO NOTHING RETURNING movement_id
                        """)
                .bind("account", wallet.accountId())
                .bind("currency", wallet.currency())
                .bind("kind", kind.name())
                .bind("reference", reference)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    private void addPostings(long movement, Map<Purse, BigDecimal> inflows, Book counterpart) {
        PreparedBatch postings = handle.prepareBatch("""
                INSERT INTO movement_posting (movement_id, book, purse_id, account_id, currency, amount)
                VALUES (:movement, :book, :purse, :account, :currency, :amount)
                """);
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
        postings.execute();
    }

    private PreparedBatch bind(PreparedBatch postings, long movement, String book, BigDecimal amount) {
        return postings.bind("movement", movement)
                .bind("book", book)
                .bind("account", wallet.accountId())
                .bind("currency", wallet.currency())
                .bind("amount", amount);
    }
}
