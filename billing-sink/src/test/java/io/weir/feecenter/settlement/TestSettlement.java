package io.weir.feecenter.settlement;

import static io.weir.feecenter.ledger.TestLines.but;
import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.feecenter.ledger.TestLines.withItsId;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestLedger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** An account {@code acct_a} with lines of {@code wksp_tests} in Shanghai, over a real database. */
final class TestSettlement implements AutoCloseable {

    static final String ACCOUNT = "acct_a";
    static final String WORKSPACE = "wksp_tests";
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    static final Instant NEXT_YEAR = Instant.parse("2027-03-02T00:00:00Z");

    final TestDatabase database = TestDatabase.shared();
    final Wallets wallets = new Wallets(database.jdbi(), this::now);
    final Settling settling = new Settling(database.jdbi(), this::now);
    private Instant now = Instant.parse("2026-03-03T01:00:00Z");

    Instant now() {
        return now;
    }

    InstantSource clock() {
        return this::now;
    }

    void at(String instant) {
        now = Instant.parse(instant);
    }

    /** The only partition of the metering stream has issued all lines of days that ended before. */
    void issuedBefore(String instant) {
        database.jdbi().useTransaction(handle -> {
            Progress.report(handle, 0, 1, Instant.parse(instant));
            Progress.livesIn(handle, WORKSPACE, ZONE);
        });
    }

    void post(BillLine... lines) {
        TestLedger.post(database, List.of(lines));
    }

    static BillLine on(LocalDate day, BillLine line) {
        return withItsId(but(line, it -> it.setDay(day)));
    }

    static BillLine in(String workspace, BillLine line) {
        return withItsId(but(line, it -> it.setWorkspaceId(workspace)));
    }

    static BillLine log(String amount) {
        return line(ACCOUNT, "log", amount);
    }

    static BillLine log(int revision, String amount) {
        return line(ACCOUNT, "log", revision, amount);
    }

    void topUp(String amount) {
        wallets.topUp(ACCOUNT, "CNY", new BigDecimal(amount), "payment " + now + amount);
    }

    void buyCard(String amount) {
        wallets.buyCard(ACCOUNT, "CNY", new BigDecimal(amount), NEXT_YEAR, "card " + now + amount);
    }

    void grantVoucher(String amount) {
        wallets.grantVoucher(ACCOUNT, "CNY", new BigDecimal(amount), NEXT_YEAR, null, "voucher " + now + amount);
    }

    /** Settles all that can be settled. */
    int settle() {
        return settling.openDays().stream().mapToInt(settling::settle).sum();
    }

    /** What lies in each purse, in words. */
    List<String> purses() {
        return wallets.purses(ACCOUNT).stream()
                .map(purse -> purse.kind() + " " + purse.balance().setScale(2))
                .toList();
    }

    /** Problems that no ledger may have: postings that do not sum to zero, balances that are not their postings, and such. */
    long imbalances() {
        return database.number("""
                SELECT (SELECT count(*) FROM purse_imbalance)
                    + (SELECT count(*) FROM (SELECT FROM movement_posting GROUP BY currency HAVING sum(amount) <> 0) AS unequal)
                    + (SELECT count(*) FROM (SELECT FROM movement_posting GROUP BY movement_id HAVING sum(amount) <> 0) AS uneven)
                    + (SELECT count(*) FROM settled_line JOIN bill_line AS line USING (line_id)
                       WHERE line.amount <> (SELECT coalesce(sum(amount), 0) FROM movement_posting AS posting
                           WHERE posting.movement_id = settled_line.movement_id AND book = 'SETTLED'))
                """);
    }

    @Override
    public void close() {
        database.close();
    }
}
