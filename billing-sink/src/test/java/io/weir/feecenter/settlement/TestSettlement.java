package io.weir.feecenter.settlement;

import static io.weir.feecenter.ledger.TestLines.but;
import static io.weir.feecenter.ledger.TestLines.withItsId;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestLedger;
import io.weir.feecenter.ledger.TestLines;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** An account with lines of one workspace in Shanghai, over a real database. */
final class TestSettlement implements AutoCloseable {

    static final String ACCOUNT = "acct_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    static final String WORKSPACE = "wksp_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    static final String OWNER = "user_cccccccccccccccccccccccccccccccc";
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
            Progress.report(handle, 0, 1, Instant.parse(instant), Instant.parse(instant));
            Progress.livesIn(handle, WORKSPACE, ZONE);
        });
    }

    /** The workspace is commercial, and the account pays for it. */
    void bind() {
        person(OWNER, "owner");
        account(ACCOUNT, "CNY");
        workspace(WORKSPACE, "Shop");
        join(WORKSPACE, OWNER, "OWNER");
        bind(WORKSPACE, ACCOUNT, 1);
    }

    /** A console account on cn1 with the e-mail address {@code <name>@example.com}. */
    void person(String id, String name) {
        execute(
                "INSERT INTO console_account (console_account_id, site, email, user_name, password_hash, created_at)"
                        + " VALUES (?, 'cn1', ?, ?, '', now())",
                id,
                name + "@example.com",
                name);
    }

    /** A fee-center account whose user name is the end of its id, reached at {@code <user name>@example.com}. */
    void account(String id, String currency) {
        String userName = id.substring(id.length() - 4);
        execute(
                "INSERT INTO fee_center_account (account_id, user_name, currency, email, password_hash, created_at)"
                        + " VALUES (?, ?, ?, ?, '', now())",
                id,
                userName,
                currency,
                userName + "@example.com");
    }

    /** A commercial workspace on cn1. */
    void workspace(String id, String name) {
        execute(
                "INSERT INTO workspace (workspace_id, site, name, plan, created_at)"
                        + " VALUES (?, 'cn1', ?, 'COMMERCIAL', now())",
                id,
                name);
    }

    void join(String workspace, String person, String role) {
        execute(
                "INSERT INTO workspace_member (workspace_id, console_account_id, site, role) VALUES (?, ?, 'cn1', ?)",
                workspace,
                person,
                role);
    }

    /** The binding of a workspace with this number; the highest counts. */
    void bind(String workspace, String account, int seq) {
        execute(
                "INSERT INTO binding (workspace_id, seq, account_id, effective_from, bound_by) VALUES (?, ?, ?, now(), ?)",
                workspace,
                seq,
                account,
                OWNER);
    }

    private void execute(String change, Object... values) {
        database.jdbi().useHandle(handle -> handle.execute(change, values));
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

    static BillLine line(String account, String item, String amount) {
        return in(WORKSPACE, TestLines.line(account, item, amount));
    }

    static BillLine usd(String account, String amount) {
        return withItsId(but(line(account, "log", amount), it -> it.setCurrency("USD")));
    }

    static BillLine log(String amount) {
        return line(ACCOUNT, "log", amount);
    }

    static BillLine log(int revision, String amount) {
        return in(WORKSPACE, TestLines.line(ACCOUNT, "log", revision, amount));
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

    /** The mails that wait to be sent: recipient, subject and body in one line each. */
    List<String> mails() {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT recipient || ': ' || subject || '. ' || btrim(regexp_replace(body, '\\s+', ' ', 'g'))
                        FROM mail_outbox ORDER BY mail_id
                        """).mapTo(String.class).list());
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
