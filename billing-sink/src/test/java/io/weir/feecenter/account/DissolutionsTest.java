package io.weir.feecenter.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.account.Upgrades.Acceptance;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a workspace, fee-center-rules.md §5. */
class DissolutionsTest {

    private static final Secret PASSWORD = new Secret("correct horse");

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final Bindings bindings = new Bindings(database.sink(), clock);
    private final WriteTokens tokens = new WriteTokens(database.sink(), clock);
    private final AdministratorRequests requests = new AdministratorRequests(database.sink(), clock);
    private final Dissolutions dissolutions = new Dissolutions(database.sink(), clock, clock);
    private final String ada = person("ada");
    private final String bob = person("bob");
    private final String shop = workspaces.create(ada, "Shop").workspaceId();
    private Binding binding;

    private String person(String name) {
        return people.register("cn1", name + "@example.com", null, name, PASSWORD)
                .consoleAccountId();
    }

    @BeforeEach
    void upgrade() {
        Codes codes = new Codes(database.sink(), clock, Optional.empty());
        binding = new Upgrades(database.sink(), clock, codes)
                .upgradeWithNewAccount(
                        shop,
                        ada,
                        "acme",
                        Currency.USD,
                        "acme@example.com",
                        null,
                        PASSWORD,
                        new Acceptance("weir-terms-2026-01", Locale.ENGLISH));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> texts(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    @Test
    void aDissolvedWorkspaceHasNobodyWhoPaysNoTokenAndNoMembers() {
        // Given
        workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR);
        Secret before = tokens.rotate(shop, ada, TokenEnd.AT_ONCE);
        Secret token = tokens.rotate(shop, ada, TokenEnd.AFTER_24_HOURS);

        // When
        dissolutions.dissolve(shop, ada);

        // Then
        assertThat(bindings.current(shop)).isEmpty();
        assertThat(bindings.of(binding.accountId())).isEmpty();
        assertThat(bindings.history(shop)).as("who paid stays in sight").containsExactly(binding);
        assertThat(tokens.workspace(before)).isEmpty();
        assertThat(tokens.workspace(token)).isEmpty();
        assertThat(workspaces.of(ada)).isEmpty();
        assertThat(workspaces.role(shop, bob)).isEmpty();
        assertThat(requests.of(shop)).isEmpty();
        assertThat(workspaces.find(shop)).as("it is never removed").isPresent();
    }

    @Test
    void meteringHearsThatNobodyPaysAndOwnerAndPayerAreTold() {
        dissolutions.dissolve(shop, ada);

        assertThat(texts("SELECT said FROM control_outbox ORDER BY seq"))
                .last()
                .asString()
                .contains(shop, "\"seq\":2", "null");
        assertThat(texts("SELECT recipient || ': ' || subject FROM mail_outbox ORDER BY mail_id"))
                .endsWith(
                        "acme@example.com: Workspace Shop (" + shop + ") is dissolved",
                        "ada@example.com: Workspace Shop (" + shop + ") is dissolved");
    }

    @Test
    void onlyTheOwnerDissolvesAndOnlyOnce() {
        workspaces.addMember(shop, ada, "bob@example.com", Role.MEMBER);
        refused(Refusal.NOT_ALLOWED, bob);
        refused(Refusal.NOT_FOUND, person("eve"));
        assertThat(bindings.current(shop)).contains(binding);

        dissolutions.dissolve(shop, ada);

        refused(Refusal.NOT_FOUND, ada);
    }

    private void refused(Refusal refusal, String by) {
        assertThatThrownBy(() -> dissolutions.dissolve(shop, by))
                .isInstanceOfSatisfying(
                        AccountRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    @Test
    void aFreeWorkspaceIsDissolvedWithoutAnybodyWhoPaid() {
        String free = workspaces.create(ada, "Free").workspaceId();

        dissolutions.dissolve(free, ada);

        assertThat(workspaces.role(free, ada)).isEmpty();
        assertThat(bindings.history(free)).isEmpty();
    }

    @Test
    void theOperatorGivesADissolvedWorkspaceNoOwner() {
        dissolutions.dissolve(shop, ada);

        assertThatThrownBy(() -> new Adoption(database.sink()).giveOwner(shop, ada, "Again"))
                .isInstanceOf(AccountRefused.class);
        assertThat(workspaces.role(shop, ada)).isEmpty();
    }
}
