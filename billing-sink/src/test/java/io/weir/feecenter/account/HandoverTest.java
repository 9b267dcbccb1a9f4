package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandoverTest {

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final Handover handover = new Handover(database.sink(), clock);
    private final String ada = person("ada");
    private final String bob = person("bob");
    private final String shop = workspaces.create(ada, "Shop").workspaceId();

    private String person(String name) {
        return people.register("cn1", name + "@example.com", null, name, PASSWORD)
                .consoleAccountId();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aMemberBecomesTheOwnerAndTheOwnerAnAdministrator() {
        workspaces.addMember(shop, ada, "bob@example.com", Role.MEMBER);

        handover.handOver(shop, ada, bob);

        assertThat(workspaces.role(shop, bob)).contains(Role.OWNER);
        assertThat(workspaces.role(shop, ada)).contains(Role.ADMINISTRATOR);
    }

    @Test
    void onlyTheOwnerHandsOverAndOnlyToAMember() {
        refused(Refusal.NOT_FOUND, () -> handover.handOver(shop, ada, bob));
        workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR);
        refused(Refusal.NOT_ALLOWED, () -> handover.handOver(shop, bob, bob));
        refused(Refusal.NOT_FOUND, () -> handover.handOver(shop, "user_nobody", bob));

        assertThat(workspaces.role(shop, ada)).contains(Role.OWNER);
    }

    @Test
    void ofTwoAtOnceOneIsRefusedAndThereIsOneOwner() {
        // Given
        String eve = person("eve");
        workspaces.addMember(shop, ada, "bob@example.com", Role.MEMBER);
        workspaces.addMember(shop, ada, "eve@example.com", Role.MEMBER);

        // When
        List<CompletableFuture<Boolean>> both = Stream.of(bob, eve)
                .map(member -> CompletableFuture.supplyAsync(() -> isHandedOverTo(member)))
                .toList();

        // Then
        assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
        assertThat(database.number("SELECT count(*) FROM workspace_member WHERE role = 'OWNER'"))
                .isEqualTo(1);
    }

    private boolean isHandedOverTo(String member) {
        try {
            handover.handOver(shop, ada, member);
            return true;
        } catch (AccountRefused refused) {
            assertThat(refused.refusal()).isEqualTo(Refusal.NOT_ALLOWED);
            return false;
        }
    }
}
