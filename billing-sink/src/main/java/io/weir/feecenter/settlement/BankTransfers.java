package io.weir.feecenter.settlement;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Top-ups by bank transfer, which the operator enters (fee-center-rules.md §5). A transfer is booked once, for one account, in the
 * transaction that writes it down; what was entered stays.
 */
public final class BankTransfers {

    private static final String TRANSFERS = """
            SELECT reference, account_id, user_name, transfer.currency, amount, received_on, entered_by, entered_at
            FROM bank_transfer AS transfer JOIN fee_center_account USING (account_id)
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Wallets wallets;

    /** Over the ledger's database. */
    public BankTransfers(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.wallets = new Wallets(jdbi, clock);
    }

    /**
     * Books a transfer: it fills debt, which may unlock the account, and the rest is cash. Its {@code userName} and {@code enteredAt} are not looked at.
     *
     * @return false, and nothing is done, if this reference was entered before, for whichever account
     * @throws IllegalArgumentException if the amount is not positive with at most two decimals, or the wallet has another currency
     */
    public boolean enter(BankTransfer transfer) {
        return jdbi.inTransaction(handle -> {
            hold(handle, transfer.reference());
            boolean isNew = find(handle, transfer.reference()).isEmpty() && topUp(transfer);
            if (isNew) {
                note(handle, transfer);
            }
            return isNew;
        });
    }

    /** Nobody else enters the same reference until the transaction ends. */
    private static void hold(Handle handle, String reference) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:reference, 13))::text")
                .bind("reference", reference)
                .mapTo(String.class)
                .list();
    }

    /** Joins the transaction that this thread is in. */
    private boolean topUp(BankTransfer transfer) {
        return wallets.topUp(transfer.accountId(), transfer.currency(), transfer.amount(), transfer.reference());
    }

    private void note(Handle handle, BankTransfer transfer) {
        handle.createUpdate("""
                        INSERT INTO bank_transfer
                            (reference, account_id, currency, amount, received_on, movement_id, entered_by, entered_at)
                        SELECT :reference, :accountId, :currency, :amount, :receivedOn, movement_id, :enteredBy, :now
                        FROM movement WHERE account_id = :accountId AND kind = 'TOP_UP' AND reference = :reference
                        """)
                .bindMethods(transfer)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** The transfer with this reference, if it was entered. */
    public Optional<BankTransfer> find(String reference) {
        return jdbi.withHandle(handle -> find(handle, reference));
    }

    private static Optional<BankTransfer> find(Handle handle, String reference) {
        return handle.createQuery(TRANSFERS + " WHERE reference = :reference")
                .bind("reference", reference)
                .map(ConstructorMapper.of(BankTransfer.class))
                .findOne();
    }

    /** The transfers that were entered last, the newest first. */
    public List<BankTransfer> newest(int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery(TRANSFERS + " ORDER BY entered_at DESC, reference LIMIT :limit")
                        .bind("limit", limit)
                        .map(ConstructorMapper.of(BankTransfer.class))
                        .list());
    }
}
