package io.weir.feecenter.web;

import io.weir.feecenter.account.AdministratorRequests;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.FeeCenterAccount;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.MailServer;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.SettableClock;
import io.weir.feecenter.account.Upgrades;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.settlement.PaymentProvider;
import io.weir.feecenter.settlement.TestPaymentProvider;
import io.weir.wire.FreePort;
import io.weir.wire.Secret;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A console over a real database and a real mail server, with two people and what they own. */
public final class TestConsole implements AutoCloseable {

    public static final Secret PASSWORD = new Secret("correct horse");

    public final TestDatabase database = TestDatabase.shared();
    public final SettableClock clock = new SettableClock();
    public final MailServer mail = new MailServer();
    public final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    public final FeeCenterAccounts payers = new FeeCenterAccounts(database.sink(), clock);
    public final Workspaces workspaces = new Workspaces(database.sink(), clock);
    public final String ada =
            people.register("cn1", "ada@example.com", null, "Ada", PASSWORD).consoleAccountId();
    public final String eve =
            people.register("cn1", "eve@example.com", null, "Eve", PASSWORD).consoleAccountId();
    public final String shop = workspaces.create(ada, "Shop").workspaceId();
    public final FeeCenterAccount acme = payers.register("acme", Currency.CNY, "acme@example.com", null, PASSWORD);
    private final Console console;

    /** Starts it, on two sites of which one has prices. */
    public TestConsole() throws IOException {
        this(new TestPaymentProvider(ConsoleSettings.PAID, new BigDecimal("100000")));
    }

    /** Starts it with this provider of payments. */
    TestConsole(PaymentProvider payments) throws IOException {
        database.jdbi().useHandle(handle -> handle.createScript("""
                        INSERT INTO site (site, zone, price_group, cloud) VALUES
                            ('cn1', 'Asia/Shanghai', 'CN', 'ALIYUN'), ('us1', 'America/Los_Angeles', 'INTL', 'AWS');
                        INSERT INTO catalogue_meter (meter, aggregation) VALUES ('log_records', 'SUM');
                        INSERT INTO catalogue_item VALUES
                            ('-infinity', 'log', 'logs', ARRAY['log_records'], 'ADDED', 1000000, 14);
                        INSERT INTO priced_retention (price_group, item, retention_days) VALUES
                            ('CN', 'log', 14), ('CN', 'log', 60);
                        """).execute());
        console = new Console(
                new ConsoleSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()),
                        URI.create("http://127.0.0.1"),
                        Optional.of(PASSWORD),
                        Optional.of(payments)),
                database.sink(),
                Optional.of(mail.settings()),
                clock,
                clock,
                Optional::empty);
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return console.port();
    }

    /** Has Ada upgrade the shop, for which Acme pays from then on. */
    public void upgradeShop() {
        Upgrades upgrades =
                new Upgrades(database.sink(), clock, new Codes(database.sink(), clock, Optional.of(mail.mail())));
        upgrades.sendCode(shop, ada, "acme", Locale.ENGLISH);
        upgrades.upgrade(
                shop, ada, "acme", mail.lastCode(), new Upgrades.Acceptance("weir-terms-2026-01", Locale.ENGLISH));
    }

    /** Lets a person of cn1 in as an administrator of the shop, to which Acme agrees where it pays. */
    public void letInAdministrator(String email) {
        AdministratorRequests requests = new AdministratorRequests(database.sink(), clock);
        workspaces.addMember(shop, ada, email, Role.ADMINISTRATOR);
        requests.of(shop).forEach(asked -> requests.answer(acme.accountId(), asked.requestId(), true));
    }

    /** A browser in which nobody is signed in. */
    public TestBrowser browser() {
        return new TestBrowser(console.port());
    }

    /** A browser in which a person is signed in to the console. */
    public TestBrowser browserOf(String email) {
        TestBrowser browser = browser();
        browser.post("/sign-in", Map.of("site", "cn1", "login", email, "password", PASSWORD.value()));
        return browser;
    }

    /** A browser in which a fee-center account is signed in. */
    public TestBrowser browserOfPayer(String userName) {
        TestBrowser browser = browser();
        browser.post("/fee-center/sign-in", Map.of("login", userName, "password", PASSWORD.value()));
        return browser;
    }

    /** A browser in which the operator is signed in. */
    public TestBrowser browserOfOperator() {
        TestBrowser browser = browser();
        browser.post("/operator/sign-in", Map.of("password", PASSWORD.value()));
        return browser;
    }

    @Override
    public void close() {
        console.close();
        mail.close();
        database.close();
    }
}
