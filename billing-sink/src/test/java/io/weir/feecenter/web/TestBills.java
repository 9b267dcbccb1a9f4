package io.weir.feecenter.web;

import static io.weir.feecenter.ledger.TestLines.but;
import static io.weir.feecenter.ledger.TestLines.withItsId;

import io.weir.billing.BillLine;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.ledger.TestLedger;
import io.weir.feecenter.ledger.TestLines;
import io.weir.feecenter.settlement.Settling;
import io.weir.feecenter.settlement.Statements;
import io.weir.feecenter.settlement.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Ada's workspace on the bills of the account acme, posted and settled as the fee center does it. */
final class TestBills {

    static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    private final TestConsole console;
    private final Wallets wallets;

    TestBills(TestConsole console) {
        this.console = console;
        this.wallets = new Wallets(console.database.jdbi(), console.clock);
    }

    /** Another account, with the same password. */
    FeeCenterAccount otherAccount() {
        return console.payers.register(
                "umbrella", console.acme.currency(), "umbrella@example.com", null, TestConsole.PASSWORD);
    }

    /** A line of the workspace that acme pays. */
    BillLine line(LocalDate day, String item, int revision, String amount) {
        return withItsId(but(
                TestLines.line(console.acme.accountId(), item, revision, amount),
                it -> it.setDay(day).setWorkspaceId(console.shop)));
    }

    /** The first line of its kind on the usual day. */
    BillLine line(String item, String amount) {
        return line(DAY, item, 0, amount);
    }

    void post(BillLine... lines) {
        TestLedger.post(console.database, List.of(lines));
    }

    void topUp(String amount) {
        wallets.topUp(console.acme.accountId(), "CNY", new BigDecimal(amount), "payment of " + amount);
    }

    /** Every day until the clock's is complete, and is settled. */
    void settle() {
        console.database.jdbi().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO metering_progress (topic_partition, partitions, issued_before) VALUES (0, 1, ?)
                    ON CONFLICT (topic_partition) DO UPDATE SET issued_before = EXCLUDED.issued_before
                    """, console.clock.instant().atOffset(ZoneOffset.UTC));
            handle.execute(
                    "INSERT INTO workspace_zone (workspace_id, zone) VALUES (?, 'Asia/Shanghai') ON CONFLICT DO NOTHING",
                    console.shop);
        });
        Settling settling = new Settling(console.database.jdbi(), console.clock);
        settling.openDays().forEach(settling::settle);
    }

    /** The statement of the clock's month, issued on the fourth of the next one. */
    String issueStatement() {
        LocalDate today = LocalDate.ofInstant(console.clock.instant(), ZoneOffset.UTC);
        LocalDate due = today.plusMonths(1).withDayOfMonth(4);
        console.clock.pass(Duration.ofDays(due.toEpochDay() - today.toEpochDay()));
        settle();
        return new Statements(console.database.jdbi(), console.clock).issueDue().get(0);
    }
}
