package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.TestDatabase;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who pays for what, alone or together (fee-center-rules.md §3). */
class BindingsTest {

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), clock);
    private final Bindings bindings = new Bindings(database.sink(), clock);
    private final String ada = new ConsoleAccounts(database.sink(), clock)
            .register("cn1", "ada@example.com", null, "Ada", PASSWORD)
            .consoleAccountId();
    private final String shop = workspaces.create(ada, "Shop").workspaceId();
    private final String store = workspaces.create(ada, "Store").workspaceId();
    private final String acme = certified("acme");
    private final String globex = certified("globex");

    @AfterEach
    void close() {
        database.close();
    }

    private String certified(String userName) {
        String account = accounts.register(userName, Currency.CNY, userName + "@example.com", null, PASSWORD)
                .accountId();
        accounts.certify(account, "91310000");
        return account;
    }

    /** The workspace is commercial from now on, and acme pays. */
    private void upgrade(String workspace) {
        try (MailServer server = new MailServer()) {
            Upgrades upgrades =
                    new Upgrades(database.sink(), clock, new Codes(database.sink(), clock, Optional.of(server.mail())));
            upgrades.sendCode(workspace, ada, "acme", Locale.ENGLISH);
            upgrades.upgrade(
                    workspace, ada, "acme", server.lastCode(), new Upgrades.Acceptance("terms", Locale.ENGLISH));
        }
    }

    @Test
    void anAccountPaysForManyWorkspacesAndAWorkspaceHasOneAccount() {
        upgrade(shop);
        upgrade(store);

        assertThat(bindings.of(acme)).extracting(Binding::workspaceId).containsExactlyInAnyOrder(shop, store);
        assertThat(bindings.current(shop)).get().extracting(Binding::accountId).isEqualTo(acme);
        assertThat(bindings.of(globex)).isEmpty();
    }

    @Test
    void aWorkspaceLeavesACommonBillAndTheOthersStay() {
        // Given
        upgrade(shop);
        upgrade(store);
        clock.pass(Duration.ofDays(1));

        // When
        bindings.rebind(store, ada, "globex", Locale.ENGLISH);

        // Then
        assertThat(bindings.of(acme)).extracting(Binding::workspaceId).containsExactly(shop);
        assertThat(bindings.of(globex)).extracting(Binding::workspaceId).containsExactly(store);
    }
}
