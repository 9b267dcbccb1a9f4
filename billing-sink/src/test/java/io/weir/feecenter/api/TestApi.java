package io.weir.feecenter.api;

import static io.weir.feecenter.ledger.TestLines.but;
import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.feecenter.ledger.TestLines.withItsId;

import io.weir.billing.BillLine;
import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.account.ApiTokens;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.ledger.TestLedger;
import io.weir.feecenter.settlement.CloudAccount;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.SettlementMethod;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.Settling;
import io.weir.feecenter.settlement.Statements;
import io.weir.feecenter.settlement.VoucherCodes;
import io.weir.feecenter.settlement.VoucherTerms;
import io.weir.feecenter.settlement.Wallets;
import io.weir.feecenter.web.TestConsole;
import io.weir.wire.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * The API over a console with two accounts that have the same things: workspaces, bill lines of which one is open and two were settled by a
 * cloud account, a statement, a wallet.
 */
final class TestApi implements AutoCloseable {

    static final LocalDate FEBRUARY_10 = LocalDate.of(2026, 2, 10);
    static final LocalDate MARCH_9 = LocalDate.of(2026, 3, 9);

    final TestConsole console = new TestConsole();
    final Jdbi jdbi = console.database.jdbi();
    final ApiTokens tokens = new ApiTokens(console.database.sink(), console.clock);
    final Wallets wallets = new Wallets(jdbi, console.clock);
    final VoucherCodes vouchers = new VoucherCodes(jdbi, console.clock);
    final String acme = console.acme.accountId();
    final String other = console.payers
            .register("other", Currency.CNY, "other@example.com", null, TestConsole.PASSWORD)
            .accountId();

    TestApi() throws IOException {
        bind(console.shop, acme, console.ada);
        String warehouse = console.workspaces.create(console.ada, "Warehouse").workspaceId();
        bind(warehouse, acme, console.ada);
        String mill = console.workspaces.create(console.eve, "Mill").workspaceId();
        bind(mill, other, console.eve);
        bind(console.workspaces.create(console.eve, "Quarry").workspaceId(), other, console.eve);
        List.of(acme, other).forEach(this::bill);
        settleByCloud(acme, warehouse, "aws-1");
        settleByCloud(other, mill, "aws-2");
        settle();
        new Statements(jdbi, console.clock).issueDue();
    }

    private void bind(String workspace, String account, String owner) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO binding (workspace_id, seq, account_id, effective_from, bound_by) VALUES (?, 1, ?, ?, ?)",
                workspace,
                account,
                console.clock.instant(),
                owner));
    }

    private void bill(String account) {
        wallets.topUp(account, "CNY", new BigDecimal("1000.00"), "payment of " + account);
        wallets.grantVoucher(
                account, "CNY", new BigDecimal("2.00"), Instant.parse("2027-01-01T00:00:00Z"), null, "welcome");
        TestLedger.post(
                console.database,
                List.of(
                        on(FEBRUARY_10, line(account, "log", "3.50")),
                        on(FEBRUARY_10, line(account, "log", 1, "-1.25")),
                        on(FEBRUARY_10, withoutRetention(line(account, "sms", "0.40"))),
                        on(FEBRUARY_10.plusDays(1), line(account, "log", "7.00")),
                        on(MARCH_9, line(account, "log", "11.00"))));
    }

    /** A first cloud account pays for a workspace, a second one for none. */
    private void settleByCloud(String account, String workspace, String customer) {
        CloudAccounts clouds = new CloudAccounts(jdbi, console.clock);
        CloudAccount paying = clouds.register(account, "CNY", SettlementMethod.AWS, customer);
        clouds.register(account, "CNY", SettlementMethod.AZURE, customer);
        new SettlementMethods(jdbi, console.clock).openFromMarketplace(workspace, paying);
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO workspace_zone (workspace_id, zone) VALUES (?, 'Asia/Shanghai')", workspace));
        TestLedger.post(
                console.database,
                List.of(
                        in(workspace, on(MARCH_9.minusDays(2), line(account, "network", "4.00"))),
                        in(workspace, on(MARCH_9.minusDays(1), line(account, "network", "6.00"))),
                        in(workspace, on(MARCH_9.minusDays(1), line(account, "network", 1, "-1.50")))));
    }

    private static BillLine in(String workspace, BillLine line) {
        return withItsId(but(line, it -> it.setWorkspaceId(workspace)));
    }

    static BillLine on(LocalDate day, BillLine line) {
        return withItsId(but(line, it -> it.setDay(day)));
    }

    private static BillLine withoutRetention(BillLine line) {
        return but(line, it -> it.setRetentionDays(null).setPrice(null).setFirstIngestedAt(null));
    }

    /** All days are complete but the last one. */
    private void settle() {
        jdbi.useHandle(handle -> {
            handle.execute(
                    "INSERT INTO metering_progress (topic_partition, partitions, issued_before) VALUES (0, 1, ?)",
                    Instant.parse("2026-03-09T12:00:00Z"));
            handle.execute("INSERT INTO workspace_zone (workspace_id, zone) VALUES ('wksp_tests', 'Asia/Shanghai')");
        });
        Settling settling = new Settling(jdbi, console.clock);
        settling.openDays().forEach(settling::settle);
    }

    /** Without a token. */
    TestProgram program() {
        return TestProgram.withoutToken(console.port());
    }

    /** A program of an account that may do all. */
    TestProgram programOf(String account) {
        return programOf(account, Set.of(ApiScope.values()));
    }

    TestProgram programOf(String account, Set<ApiScope> scopes) {
        return program().with(tokens.make(account, "test", scopes));
    }

    /** A token that was revoked. */
    Secret revokedToken() {
        Secret token = tokens.make(acme, "revoked", Set.of(ApiScope.values()));
        ApiToken found = tokens.find(token).orElseThrow();
        tokens.revoke(acme, found.tokenId());
        return token;
    }

    /** A voucher of 20.00 that nobody has activated. */
    Secret voucher() {
        return vouchers.issue(
                new VoucherTerms("CNY", new BigDecimal("20.00"), null, Instant.parse("2027-01-01T00:00:00Z")), "ops");
    }

    /** A text that a query gives. */
    String text(String query, String account) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind("account", account)
                .mapTo(String.class)
                .one());
    }

    /** How many movements of a kind an account has. */
    long movements(String account, String kind) {
        return Long.parseLong(text(
                "SELECT count(*) FROM movement WHERE account_id = :account AND kind = '%s'".formatted(kind), account));
    }

    @Override
    public void close() {
        console.close();
    }
}
