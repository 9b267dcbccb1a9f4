package io.weir.feecenter.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fee center agrees before a member becomes an administrator, fee-center-rules.md §2. */
class AdministratorRequestsTest {

    private static final Secret PASSWORD = new Secret("correct horse");

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final MemberRoles roles = new MemberRoles(database.sink(), clock);
    private final AdministratorRequests requests = new AdministratorRequests(database.sink(), clock);
    private final String ada = person("ada");
    private final String bob = person("bob");
    private final String acme = account("acme");
    private final String other = account("other");
    private final String shop = workspaces.create(ada, "Shop").workspaceId();

    private String person(String name) {
        return people.register("cn1", name + "@example.com", null, name, PASSWORD)
                .consoleAccountId();
    }

    private String account(String userName) {
        return accounts.register(userName, Currency.USD, userName + "@example.com", null, PASSWORD)
                .accountId();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void bind(String account, int seq) {
        database.jdbi().useHandle(handle -> {
            handle.execute("UPDATE workspace SET plan = 'COMMERCIAL' WHERE workspace_id = ?", shop);
            handle.execute(
                    "INSERT INTO binding (workspace_id, seq, account_id, effective_from, bound_by) VALUES (?, ?, ?, now(), ?)",
                    shop,
                    seq,
                    account,
                    ada);
        });
    }

    /** Acme pays, and Bob is to become an administrator. */
    private long ask() {
        bind(acme, 1);
        workspaces.addMember(shop, ada, "bob@example.com", Role.MEMBER);
        assertThat(roles.give(shop, ada, bob, Role.ADMINISTRATOR)).isEqualTo(Role.MEMBER);
        return requests.of(shop).get(0).requestId();
    }

    private List<String> mails() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT recipient || ': ' || subject FROM mail_outbox ORDER BY mail_id")
                        .mapTo(String.class)
                        .list());
    }

    private List<String> ends() {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                SELECT coalesce(ended_as || ' by ' || ended_by, 'waits') FROM administrator_request
                                ORDER BY request_id
                                """).mapTo(String.class).list());
    }

    private static void refused(Refusal refusal, ThrowingCallable deed) {
        assertThatThrownBy(deed)
                .isInstanceOfSatisfying(
                        AccountRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    @Test
    void aMemberBecomesAnAdministratorWhenTheAccountThatPaysAccepts() {
        // Given
        long request = ask();
        assertThat(workspaces.role(shop, bob)).contains(Role.MEMBER);
        assertThat(requests.ofPayer(acme))
                .containsExactly(new AdministratorRequest(
                        request, shop, "Shop", bob, "bob@example.com", ada, "ada@example.com", clock.instant()));

        // When
        requests.answer(acme, request, true);

        // Then
        assertThat(workspaces.role(shop, bob)).contains(Role.ADMINISTRATOR);
        assertThat(requests.ofPayer(acme)).isEmpty();
        assertThat(ends()).containsExactly("ACCEPTED by " + acme);
        assertThat(mails())
                .containsExactly(
                        "acme@example.com: May bob@example.com become an administrator of workspace Shop (" + shop
                                + ")?",
                        "ada@example.com: bob@example.com is an administrator of workspace Shop (" + shop + ")");
    }

    @Test
    void aMemberStaysOneWhenItRefuses() {
        requests.answer(acme, ask(), false);

        assertThat(workspaces.role(shop, bob)).contains(Role.MEMBER);
        assertThat(ends()).containsExactly("REFUSED by " + acme);
        assertThat(mails()).last().asString().contains("bob@example.com stays a member");
    }

    @Test
    void aRequestIsAnsweredOnceAndOnlyByTheAccountThatPaysNow() {
        long request = ask();
        refused(Refusal.NOT_FOUND, () -> requests.answer(other, request, true));
        bind(other, 2);
        refused(Refusal.NOT_FOUND, () -> requests.answer(acme, request, true));

        requests.answer(other, request, false);

        refused(Refusal.NOT_FOUND, () -> requests.answer(other, request, true));
        assertThat(workspaces.role(shop, bob)).contains(Role.MEMBER);
    }

    @Test
    void whoIsLetInAsAnAdministratorIsAMemberUntilThen() {
        bind(acme, 1);

        assertThat(workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR))
                .isEqualTo(Role.MEMBER);

        assertThat(workspaces.role(shop, bob)).contains(Role.MEMBER);
        assertThat(requests.of(shop)).hasSize(1);
    }

    @Test
    void askingAgainAsksNothingMore() {
        ask();

        roles.give(shop, ada, bob, Role.ADMINISTRATOR);

        assertThat(requests.of(shop)).hasSize(1);
        assertThat(mails()).hasSize(1);
    }

    @Test
    void onlyTheOwnerWithdrawsARequest() {
        long request = ask();
        refused(Refusal.NOT_ALLOWED, () -> requests.withdraw(shop, bob, bob));

        requests.withdraw(shop, ada, bob);

        refused(Refusal.NOT_FOUND, () -> requests.withdraw(shop, ada, bob));
        refused(Refusal.NOT_FOUND, () -> requests.answer(acme, request, true));
        assertThat(ends()).containsExactly("WITHDRAWN by " + ada);
        assertThat(workspaces.role(shop, bob)).contains(Role.MEMBER);
    }

    @Test
    void nothingIsAskedAnyMoreForWhoIsRemovedOrBecomesTheOwner() {
        ask();
        roles.remove(shop, ada, bob);
        assertThat(requests.of(shop)).isEmpty();

        workspaces.addMember(shop, ada, "bob@example.com", Role.ADMINISTRATOR);
        new Handover(database.sink(), clock).handOver(shop, ada, bob);

        assertThat(requests.of(shop)).isEmpty();
        assertThat(workspaces.role(shop, bob)).contains(Role.OWNER);
        assertThat(ends()).containsExactly("WITHDRAWN by " + ada, "WITHDRAWN by " + ada);
    }

    @Test
    void inAFreeWorkspaceNobodyIsAsked() {
        workspaces.addMember(shop, ada, "bob@example.com", Role.MEMBER);

        assertThat(roles.give(shop, ada, bob, Role.ADMINISTRATOR)).isEqualTo(Role.ADMINISTRATOR);

        assertThat(workspaces.role(shop, bob)).contains(Role.ADMINISTRATOR);
        assertThat(mails()).isEmpty();
    }

    @Test
    void acceptedAndWithdrawnAtOnceEndsOneWay() {
        long request = ask();

        List<CompletableFuture<Boolean>> both = Stream.<Runnable>of(
                        () -> requests.answer(acme, request, true), () -> requests.withdraw(shop, ada, bob))
                .map(deed -> CompletableFuture.supplyAsync(() -> isDone(deed), run -> new Thread(run).start()))
                .toList();

        assertThat(both.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(workspaces.role(shop, bob))
                .contains(ends().get(0).startsWith("ACCEPTED") ? Role.ADMINISTRATOR : Role.MEMBER);
    }

    private static boolean isDone(Runnable deed) {
        try {
            deed.run();
            return true;
        } catch (AccountRefused tooLate) {
            return false;
        }
    }

    @Test
    void anAccountInWhichNobodySignsInYetGetsNoMail() {
        database.asSuperuser("UPDATE fee_center_account SET email = '' WHERE user_name = 'acme'");

        ask();

        assertThat(mails()).isEmpty();
        assertThat(requests.ofPayer(acme)).hasSize(1);
    }
}
