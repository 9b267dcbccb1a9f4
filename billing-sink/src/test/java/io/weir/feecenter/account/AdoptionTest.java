package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.RetentionChange;
import io.weir.billing.WorkspaceChange;
import io.weir.feecenter.ledger.TestDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdoptionTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), clock);
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final Bindings bindings = new Bindings(database.sink(), clock);
    private final Adoption adoption = new Adoption(database.sink());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasAppliedFromFilesIsHereToo() {
        take(new AccountChange("acct_files", "files", "CNY"));
        take(new WorkspaceChange("wksp_files", "cn1"));
        take(new BindingChange("wksp_files", "acct_files", MONDAY, 1L));

        assertThat(accounts.byUserName("files").orElseThrow().accountId()).isEqualTo("acct_files");
        assertThat(workspaces.find("wksp_files"))
                .contains(new Workspace("wksp_files", "cn1", "wksp_files", Plan.COMMERCIAL));
        assertThat(bindings.current("wksp_files")).contains(new Binding("wksp_files", 1, "acct_files", MONDAY, ""));
    }

    @Test
    void whatTheFeeCenterToldItselfIsTakenUpOnce() {
        FeeCenterAccount acme = accounts.register("acme", Currency.CNY, "acme@example.com", null, PASSWORD);
        String ada =
                people.register("cn1", "ada@example.com", null, "Ada", PASSWORD).consoleAccountId();
        Workspace shop = workspaces.create(ada, "Shop");

        take(new AccountChange(acme.accountId(), "acme", "CNY"));
        take(new WorkspaceChange(shop.workspaceId(), "cn1"));

        assertThat(accounts.find(acme.accountId())).contains(acme);
        assertThat(workspaces.find(shop.workspaceId())).contains(shop);
    }

    @Test
    void aRepeatedRecordChangesNothing() {
        take(new WorkspaceChange("wksp_files", "cn1"));
        RetentionChange month = new RetentionChange("wksp_files", "logs", "", 30, MONDAY);

        take(month);
        take(month);

        Retentions retentions = new Retentions(database.sink(), clock, site -> Optional.of(ZoneId.of("UTC")));
        assertThat(retentions.history("wksp_files")).containsExactly(new RetentionSetting("logs", "", 30, MONDAY));
    }

    @Test
    void anEndedBindingLeavesNobodyWhoPaysAndTheNextOneCountsOn() {
        take(new AccountChange("acct_files", "files", "CNY"));
        take(new WorkspaceChange("wksp_files", "cn1"));
        take(new BindingChange("wksp_files", "acct_files", MONDAY, 1L));
        take(new BindingChange("wksp_files", null, MONDAY.plusSeconds(3600), 2L));
        assertThat(bindings.current("wksp_files")).isEmpty();
        assertThat(bindings.of("acct_files")).isEmpty();

        Binding next = database.jdbi()
                .inTransaction(
                        handle -> Bindings.bind(handle, "wksp_files", "acct_files", owner("wksp_files"), MONDAY));

        assertThat(next.seq()).isEqualTo(3);
    }

    @Test
    void nobodySignsInToAnAccountFromFilesBeforeTheOperatorLetsThem() {
        take(new AccountChange("acct_files", "files", "CNY"));
        refused(Refusal.SIGN_IN_FAILED, () -> accounts.signIn("files", PASSWORD));
        refused(Refusal.SIGN_IN_FAILED, () -> accounts.signIn("", PASSWORD));

        adoption.giveAccess("acct_files", "files@example.com", PASSWORD);

        assertThat(accounts.signIn("files@example.com", PASSWORD).userName()).isEqualTo("files");
        refused(Refusal.NOT_FOUND, () -> adoption.giveAccess("acct_files", "eve@example.com", PASSWORD));
    }

    @Test
    void aWorkspaceFromFilesGetsOneOwnerOfItsSite() {
        take(new WorkspaceChange("wksp_files", "cn1"));
        String abroad =
                people.register("us1", "ada@example.com", null, "Ada", PASSWORD).consoleAccountId();
        refused(Refusal.NOT_FOUND, () -> adoption.giveOwner("wksp_files", abroad, "Files"));

        String ada = owner("wksp_files");

        assertThat(workspaces.of(ada))
                .containsExactly(new Membership(new Workspace("wksp_files", "cn1", "Files", Plan.FREE), Role.OWNER));
        String eve =
                people.register("cn1", "eve@example.com", null, "Eve", PASSWORD).consoleAccountId();
        refused(Refusal.NOT_FOUND, () -> adoption.giveOwner("wksp_files", eve, "Mine"));
    }

    private String owner(String workspaceId) {
        String ada =
                people.register("cn1", "ada@example.com", null, "Ada", PASSWORD).consoleAccountId();
        adoption.giveOwner(workspaceId, ada, "Files");
        return ada;
    }

    private void take(Object change) {
        database.jdbi().useTransaction(handle -> Adoption.take(handle, change, clock.instant()));
    }
}
