package io.weir.feecenter.ledger;

import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger holds back, and what a person decides about it: to release an account, or to write lines off.
 *
 * <p>Each decision is one transaction that keeps all readers from posting meanwhile, so that no line which arrives in that
 * moment overtakes those that are judged again. Decisions are only added; the role must be that of the tables' owner.
 *
 * <p>All methods throw {@link JdbiException} if the database is away or the role lacks a right, and
 * {@link io.weir.wire.SchemaRegistryUnavailable} if it cannot be said what a record says. Nothing was changed then, unless
 * only the answer to the COMMIT was lost: {@link #all} tells.
 */
public final class HeldBackLines {

    private final Jdbi jdbi;
    private final LineDecoder decoder;

    /**
     * The held-back lines of the ledger behind this source. To read them, any role will do that may read the ledger.
     *
     * @param decoder as the sink's, made by {@link BillLineConsumer}
     */
    public HeldBackLines(DataSource source, LineDecoder decoder) {
        this.jdbi = LedgerDatabase.jdbi(source);
        this.decoder = decoder;
    }

    /** All records that are held back, in the order in which they came. Those written off are among them. */
    public List<HeldBackLine> all() {
        return jdbi.withHandle(handle -> new HeldBackQuery(handle, decoder).all());
    }

    /** The accounts whose posting is stopped, sorted by their ids. */
    public List<StoppedAccount> stoppedAccounts() {
        return jdbi.withHandle(handle -> handle.registerRowMapper(ConstructorMapper.factory(StoppedAccount.class))
                .createQuery("SELECT * FROM stopped_account ORDER BY account_id COLLATE \"C\"")
                .mapTo(StoppedAccount.class)
                .list());
    }

    /**
     * Lifts the stop of an account and judges its held-back lines again, in the order in which they came. They are posted as
     * far as they can be; a line that still cannot be posted stays held back and stops the account again.
     *
     * @throws DecisionRefused if no line of the account waits, or one cannot be read any more
     */
    public Release release(String accountId, Decision decision) {
        try {
            return release(accountId, decision, BatchBooking::together);
        } catch (JdbiException e) {
            if (!DatabaseTrouble.isRefusal(e)) {
                throw e;
            }
            return release(accountId, decision, BatchBooking::oneByOne);
        }
    }

    private Release release(String accountId, Decision decision, Function<BatchBooking, Tally> way) {
        return jdbi.inTransaction(handle -> {
            SinkPositions.holdAll(handle);
            List<ReceivedLine> lines = waitingOf(handle, accountId).stream()
                    .map(HeldBackLines::asReceived)
                    .toList();
            long id = new Decisions(handle).release(accountId, decision);
            return Release.of(way.apply(new BatchBooking(handle, lines, id)));
        });
    }

    private static ReceivedLine asReceived(HeldBackLine held) {
        if (held.line() == null) {
            throw new DecisionRefused(
                    "partition %d, offset %d: a line of account %s when it came, but its bytes cannot be read now; is this its schema registry?"
                            .formatted(held.partition(), held.offset(), held.accountId()));
        }
        return new ReceivedLine(held.partition(), held.offset(), null, held.line(), "");
    }

    /**
     * Writes off all lines of an account that wait, and lifts its stop.
     *
     * @return how many lines were written off
     * @throws DecisionRefused if no line of the account waits
     */
    public int writeOff(String accountId, Decision decision) {
        return jdbi.inTransaction(handle -> {
            SinkPositions.holdAll(handle);
            List<HeldBackLine> lines = waitingOf(handle, accountId);
            writeOff(handle, accountId, lines, decision);
            return lines.size();
        });
    }

    /**
     * Writes off one record. If no other line of its account waits, the stop of the account is lifted; else the others wait
     * for the account's release.
     *
     * @return how many lines of its account still wait
     * @throws DecisionRefused if no record waits there
     */
    public int writeOff(int partition, long offset, Decision decision) {
        return jdbi.inTransaction(handle -> {
            SinkPositions.holdAll(handle);
            HeldBackLine record = new HeldBackQuery(handle, decoder)
                    .waitingAt(partition, offset)
                    .orElseThrow(() -> new DecisionRefused(
                            "partition %d, offset %d: nothing waits there; it was posted or written off, or never held back"
                                    .formatted(partition, offset)));
            return writeOff(handle, record.accountId(), List.of(record), decision);
        });
    }

    private int writeOff(Handle handle, @Nullable String accountId, List<HeldBackLine> lines, Decision decision) {
        Decisions decisions = new Decisions(handle);
        long id = decisions.writeOff(accountId, lines, decision);
        int waiting = accountId == null
                ? 0
                : new HeldBackQuery(handle, decoder).waitingOf(accountId).size();
        if (accountId != null && waiting == 0) {
            decisions.liftStop(accountId, id);
        }
        return waiting;
    }

    private List<HeldBackLine> waitingOf(Handle handle, String accountId) {
        List<HeldBackLine> lines = new HeldBackQuery(handle, decoder).waitingOf(accountId);
        if (lines.isEmpty()) {
            throw new DecisionRefused("account %s: no line of it is held back and waits".formatted(accountId));
        }
        return lines;
    }
}
