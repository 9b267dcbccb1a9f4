package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.weir.feecenter.account.Upgrades.Acceptance;
import io.weir.feecenter.ledger.SqlState;
import io.weir.feecenter.ledger.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpgradesTest {

    private static final Acceptance ACCEPTED = new Acceptance("terms 2026-01", Locale.ENGLISH);

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final MailServer server = new MailServer();
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final Bindings bindings = new Bindings(database.sink(), clock);
    private final Codes codes = new Codes(database.sink(), clock, Optional.of(server.mail()));
    private final Upgrades upgrades = new Upgrades(database.sink(), clock, codes);
    private final Mailings mailings = new Mailings(database.sink(), clock, server.mail());
    private final ContactChanges contacts = new ContactChanges(database.sink(), clock, codes);
    private final Retentions retentions = new Retentions(
            database.sink(),
            clock,
            site -> Optional.of(ZoneId.of("Asia/Shanghai")),
            (site, category) -> category.equals("logs") ? List.of(3, 7, 14, 30, 60) : List.of());
    private final String ada =
            people.register("cn1", "ada@example.com", null, "Ada", PASSWORD).consoleAccountId();
    private final String shop = workspaces.create(ada, "Shop").workspaceId();

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void anExistingAccountPaysWhenItsHolderPassesOnTheCode() {
        FeeCenterAccount acme = account("acme");
        upgrades.sendCode(shop, ada, "ACME", Locale.ENGLISH);

        Binding binding = upgrades.upgrade(shop, ada, "acme", server.lastCode(), ACCEPTED);

        assertThat(binding).isEqualTo(new Binding(shop, 1, acme.accountId(), clock.instant(), ada));
        assertThat(workspaces.find(shop).orElseThrow().plan()).isEqualTo(Plan.COMMERCIAL);
        assertThat(bindings.current(shop)).contains(binding);
        assertThat(bindings.of(acme.accountId())).containsExactly(binding);
        assertThat(mailings.sendWaiting()).isEqualTo(1);
        assertThat(server.received())
                .last()
                .asString()
                .startsWith("acme@example.com: Workspace Shop is commercial now");
        assertThat(said()).last().asString().contains("\"account_id\":\"" + acme.accountId(), "\"seq\":1");
    }

    @Test
    void aCodeForOneWorkspaceUpgradesNoOther() {
        account("acme");
        String other = workspaces.create(ada, "Other").workspaceId();
        upgrades.sendCode(shop, ada, "acme", Locale.ENGLISH);
        String code = server.lastCode();

        refused(Refusal.CODE_WRONG, () -> upgrades.upgrade(other, ada, "acme", code, ACCEPTED));
        assertThat(workspaces.find(other).orElseThrow().plan()).isEqualTo(Plan.FREE);
    }

    @Test
    void aNewAccountIsMadeWithTheUpgradeOrNotAtAll() {
        refused(Refusal.AGREEMENT_MISSING, () -> upgradeWithNewAccount("acme", new Acceptance(" ", Locale.ENGLISH)));
        Binding binding = upgradeWithNewAccount("acme", ACCEPTED);

        assertThat(accounts.byUserName("acme").orElseThrow().accountId()).isEqualTo(binding.accountId());
        refused(Refusal.COMMERCIAL_ALREADY, () -> upgradeWithNewAccount("acme2", ACCEPTED));
        assertThat(accounts.byUserName("acme2")).isEmpty();
        assertThat(said()).as("workspace, account, binding").hasSize(3);
    }

    private Binding upgradeWithNewAccount(String userName, Acceptance acceptance) {
        return upgrades.upgradeWithNewAccount(
                shop, ada, userName, Currency.CNY, "ada@example.com", null, PASSWORD, acceptance);
    }

    @Test
    void onlyTheOwnerUpgrades() {
        account("acme");
        String bob =
                people.register("cn1", "bob@example.com", null, "Bob", PASSWORD).consoleAccountId();
        workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR);

        refused(Refusal.NOT_ALLOWED, () -> upgrades.sendCode(shop, bob, "acme", Locale.ENGLISH));
        refused(Refusal.NOT_ALLOWED, () -> upgrades.upgrade(shop, bob, "acme", "000000", ACCEPTED));
    }

    @Test
    void aBindingMovesOnlyBetweenAccountsOfOneCertifiedEnterprise() {
        Binding first = upgradeWithNewAccount("acme", ACCEPTED);
        FeeCenterAccount other = account("other");
        refused(Refusal.ENTERPRISE_DIFFERS, () -> bindings.rebind(shop, ada, "other", Locale.ENGLISH));
        accounts.certify(first.accountId(), "A1");
        refused(Refusal.ENTERPRISE_DIFFERS, () -> bindings.rebind(shop, ada, "other", Locale.ENGLISH));
        accounts.certify(other.accountId(), "A1");
        refused(Refusal.BOUND_ALREADY, () -> bindings.rebind(shop, ada, "acme", Locale.ENGLISH));

        clock.pass(Duration.ofDays(1));
        Binding second = bindings.rebind(shop, ada, "other", Locale.ENGLISH);

        assertThat(second).isEqualTo(new Binding(shop, 2, other.accountId(), clock.instant(), ada));
        assertThat(bindings.history(shop)).containsExactly(first, second);
        assertThat(bindings.of(first.accountId())).isEmpty();
        assertThat(said()).last().asString().contains("\"seq\":2");
    }

    @Test
    void onlyTheOwnerRebindsAndOnlyACommercialWorkspace() {
        account("acme");
        String bob =
                people.register("cn1", "bob@example.com", null, "Bob", PASSWORD).consoleAccountId();
        workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR);

        refused(Refusal.NOT_COMMERCIAL, () -> bindings.rebind(shop, ada, "acme", Locale.ENGLISH));
        refused(Refusal.NOT_ALLOWED, () -> bindings.rebind(shop, bob, "acme", Locale.ENGLISH));
    }

    @Test
    void noCommercialWorkspaceBecomesFreeAgain() {
        upgradeWithNewAccount("acme", ACCEPTED);

        assertThat(SqlState.of(database.sink(), "UPDATE workspace SET plan = 'FREE'"))
                .isEqualTo(SqlState.RESTRICT_VIOLATION);
    }

    @Test
    void anEMailAddressChangesByACodeToThePresentOneWhichIsTold() {
        String acme = account("acme").accountId();
        contacts.sendCode(acme, Locale.ENGLISH);
        assertThat(server.received()).last().asString().startsWith("acme@example.com");
        String code = server.lastCode();

        contacts.changeEmail(acme, code, "New@example.com", Locale.ENGLISH);

        assertThat(accounts.signIn("new@example.com", PASSWORD).accountId()).isEqualTo(acme);
        refused(Refusal.CODE_WRONG, () -> contacts.changePhone(acme, code, "+8613800000000"));
        mailings.sendWaiting();
        assertThat(server.received())
                .last()
                .asString()
                .startsWith("acme@example.com")
                .contains("new@example.com");
    }

    @Test
    void mailWaitsForItsServerAndIsSentOnce() {
        upgradeWithNewAccount("acme", ACCEPTED);
        server.goAway();
        assertThat(mailings.sendWaiting()).isZero();
        server.start();

        assertThat(mailings.sendWaiting()).isEqualTo(1);
        assertThat(mailings.sendWaiting()).isZero();
        assertThat(server.received()).hasSize(1);
    }

    /** It is 17:20 in Shanghai. */
    @Test
    void theFirstRetentionOfADayCountsAtOnceAndLaterOnesFromTheNextDay() {
        upgradeWithNewAccount("acme", ACCEPTED);
        Instant nextDay = Instant.parse("2026-03-10T16:00:00Z");

        assertThat(retentions.set(shop, ada, "logs", "", 14).effectiveFrom()).isEqualTo(clock.instant());
        clock.pass(Duration.ofMinutes(1));
        assertThat(retentions.set(shop, ada, "logs", "", 30).effectiveFrom()).isEqualTo(nextDay);
        assertThat(retentions.set(shop, ada, "logs", "", 60).effectiveFrom()).isEqualTo(nextDay);
        assertThat(retentions.set(shop, ada, "logs", "audit", 7).effectiveFrom())
                .isEqualTo(clock.instant());
        clock.pass(Duration.ofHours(7));
        assertThat(retentions.set(shop, ada, "logs", "", 7).effectiveFrom()).isEqualTo(clock.instant());
        assertThat(retentions.history(shop)).extracting(RetentionSetting::days).containsExactly(14, 30, 60, 7, 7);
        assertThat(said()).filteredOn(it -> it.contains("\"days\":")).hasSize(5);
    }

    /** fee-center-rules.md §2: each category has its own retentions. */
    @Test
    void aRetentionWithoutAPriceIsRefused() {
        upgradeWithNewAccount("acme", ACCEPTED);

        refused(Refusal.RETENTION_INVALID, () -> retentions.set(shop, ada, "logs", "", 15));
        refused(Refusal.RETENTION_INVALID, () -> retentions.set(shop, ada, "log", "", 14));
        refused(Refusal.RETENTION_INVALID, () -> retentions.set(shop, ada, "logs", "not a name", 14));
        assertThat(retentions.history(shop)).isEmpty();
    }

    @Test
    void onlyTheOwnerOfACommercialWorkspaceSetsRetention() {
        refused(Refusal.NOT_COMMERCIAL, () -> retentions.set(shop, ada, "logs", "", 14));
        String bob =
                people.register("cn1", "bob@example.com", null, "Bob", PASSWORD).consoleAccountId();
        workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR);
        upgradeWithNewAccount("acme", ACCEPTED);

        refused(Refusal.NOT_ALLOWED, () -> retentions.set(shop, bob, "logs", "", 14));
        assertThatCode(() -> retentions.set(shop, ada, "logs", "", 3)).doesNotThrowAnyException();
    }

    private FeeCenterAccount account(String userName) {
        return accounts.register(userName, Currency.CNY, userName + "@example.com", null, PASSWORD);
    }

    private List<String> said() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT said FROM control_outbox ORDER BY seq")
                        .mapTo(String.class)
                        .list());
    }
}
