package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkspacesTest {

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final String ada = register("cn1", "ada@example.com");
    private final String bob = register("cn1", "bob@example.com");

    private String register(String site, String email) {
        return people.register(site, email, null, "Somebody", PASSWORD).consoleAccountId();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewWorkspaceIsFreeOnTheSiteOfItsOwner() {
        Workspace shop = workspaces.create(ada, "Shop");

        assertThat(shop.workspaceId()).matches("wksp_[0-9a-f]{32}");
        assertThat(workspaces.of(ada))
                .containsExactly(
                        new Membership(new Workspace(shop.workspaceId(), "cn1", "Shop", Plan.FREE), Role.OWNER));
        assertThat(workspaces.of(bob)).isEmpty();
    }

    @Test
    void anAdministratorLetsMembersInAndAMemberNobody() {
        String shop = workspaces.create(ada, "Shop").workspaceId();
        String eve = register("cn1", "eve@example.com");
        refused(Refusal.NOT_FOUND, () -> workspaces.addMember(shop, bob, "eve@example.com", Role.MEMBER));

        workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR);
        workspaces.addMember(shop, bob, "eve@example.com", Role.MEMBER);

        register("cn1", "joe@example.com");
        refused(Refusal.NOT_ALLOWED, () -> workspaces.addMember(shop, eve, "joe@example.com", Role.MEMBER));
        assertThat(workspaces.role(shop, bob)).contains(Role.ADMINISTRATOR);
        assertThat(workspaces.role(shop, eve)).contains(Role.MEMBER);
    }

    @Test
    void letsInNobodyTwiceNoSecondOwnerAndNobodyOfAnotherSite() {
        String shop = workspaces.create(ada, "Shop").workspaceId();
        register("us1", "eve@example.com");
        workspaces.addMember(shop, ada, "bob@example.com", Role.MEMBER);

        refused(Refusal.MEMBER_ALREADY, () -> workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR));
        refused(Refusal.NOT_ALLOWED, () -> workspaces.addMember(shop, ada, "bob@example.com", Role.OWNER));
        refused(Refusal.NOT_FOUND, () -> workspaces.addMember(shop, ada, "eve@example.com", Role.MEMBER));
    }
}
