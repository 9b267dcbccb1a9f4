package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.OWNER;
import static io.weir.feecenter.settlement.TestSettlement.WORKSPACE;
import static io.weir.feecenter.settlement.TestSettlement.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.MailLanguages;
import io.weir.feecenter.ledger.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workspace whose cloud account has ended, fee-center-rules.md §5. */
class WorkspaceLocksTest {

    private static final String OTHER = "acct_dddddddddddddddddddddddddddddddd";
    private static final Decision DECISION = new Decision("operator", "the cloud said so");
    private static final String IN_GRACE = "2026-03-10T00:00:00Z";
    private static final String LOCKED = "2026-03-17T01:00:00Z";

    private TestSettlement test;
    private SettlementMethods methods;
    private CloudDecisions decisions;
    private WorkspaceLocks locks;
    private CloudAccount cloud;

    @BeforeEach
    void endTheCloudAccountOn3March() {
        test = new TestSettlement();
        test.bind();
        new MailLanguages(test.database.sink()).choose(ACCOUNT, Locale.ENGLISH);
        methods = new SettlementMethods(test.database.jdbi(), test.clock());
        decisions = new CloudDecisions(test.database.jdbi(), test.clock());
        locks = new WorkspaceLocks(test.database.jdbi(), test.clock());
        cloud = new CloudAccounts(test.database.jdbi(), test.clock())
                .register(ACCOUNT, "CNY", SettlementMethod.AWS, "customer-7");
        test.at("2026-02-03T01:00:00Z");
        methods.choose(WORKSPACE, ACCOUNT, ZONE, cloud.id());
        test.at("2026-03-03T01:00:00Z");
        decisions.unsubscribe(cloud, DECISION);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<String> subjects() {
        return test.mails().stream()
                .map(mail -> mail.substring(mail.indexOf("Workspace"), mail.indexOf(". ")))
                .toList();
    }

    @Test
    void theEndOfACloudAccountIsToldAtOnceThreeDaysBeforeTheLockAndAtTheLock() {
        // Given
        assertThat(locks.lockedFrom(WORKSPACE)).contains(Instant.parse(LOCKED));
        assertThat(test.mails())
                .containsExactly(
                        "aaaa@example.com: Workspace Shop (" + WORKSPACE + ") will be locked, its cloud account"
                                + " has ended. The cloud account of workspace Shop (" + WORKSPACE
                                + ") has ended. Your fee-center"
                                + " account aaaa pays from now on. The workspace is locked on 2026-03-17 01:00 UTC, unless its"
                                + " owner chooses before how it is settled.");

        // When
        test.at("2026-03-14T00:59:59Z");
        locks.tell();
        assertThat(test.mails()).as("more than three days are left").hasSize(1);
        test.at("2026-03-14T01:00:00Z");
        locks.tell();
        locks.tell();
        assertThat(test.mails()).hasSize(2);
        test.at(LOCKED);
        locks.tell();
        locks.tell();

        // Then
        assertThat(subjects())
                .containsExactly(
                        "Workspace Shop (" + WORKSPACE + ") will be locked, its cloud account has ended",
                        "Workspace Shop (" + WORKSPACE + ") will be locked soon",
                        "Workspace Shop (" + WORKSPACE + ") is locked, its cloud account has ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_GRACE, LOCKED})
    void whoChoosesHowToPayOpensTheWorkspaceAndThatIsTold(String when) {
        test.at(when);

        assertThat(methods.choose(WORKSPACE, ACCOUNT, ZONE, null)).isEmpty();

        assertThat(locks.lockedFrom(WORKSPACE)).isEmpty();
        assertThat(test.mails()).hasSize(2).last().asString().contains("aaaa@example.com: ", "Shop", "is open");
        test.at("2026-03-20T00:00:00Z");
        locks.tell();
        assertThat(test.mails()).as("nothing is left to tell").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_GRACE, LOCKED})
    void whoHasAnotherAccountPayOpensTheWorkspaceAndThatIsTold(String when) {
        test.account(OTHER, "CNY");
        certifyBoth();
        test.at(when);

        rebindings().rebind(WORKSPACE, OWNER, "dddd", Locale.ENGLISH);

        assertThat(locks.lockedFrom(WORKSPACE)).isEmpty();
        assertThat(test.mails()).hasSize(3).last().asString().contains("aaaa@example.com: ", "Shop", "is open");
    }

    @Test
    void aBindingThatIsRefusedOpensNothing() {
        test.account(OTHER, "CNY");

        assertThatThrownBy(() -> rebindings().rebind(WORKSPACE, OWNER, "dddd", Locale.ENGLISH))
                .isInstanceOf(AccountRefused.class);

        assertThat(locks.lockedFrom(WORKSPACE)).isPresent();
    }

    private void certifyBoth() {
        FeeCenterAccounts accounts = new FeeCenterAccounts(test.database.sink(), test.clock());
        accounts.certify(ACCOUNT, "91310000");
        accounts.certify(OTHER, "91310000");
    }

    private Rebindings rebindings() {
        return new Rebindings(new Bindings(test.database.sink(), test.clock()), test.clock());
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_GRACE, LOCKED})
    void thePersonWhoUnlocksItHasItToldOnce(String when) {
        test.at(when);

        assertThat(decisions.unlock(cloud, WORKSPACE, DECISION)).isTrue();
        assertThat(decisions.unlock(cloud, WORKSPACE, DECISION)).as("again").isFalse();

        assertThat(test.mails()).hasSize(2).last().asString().contains("Shop", "is open");
    }

    @Test
    void aLockIsToldOnceHoweverManyFeeCentersLook() {
        test.at(LOCKED);

        IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(locks::tell, run -> new Thread(run).start()))
                .toList()
                .forEach(CompletableFuture::join);

        assertThat(test.mails()).hasSize(3);
    }

    @Test
    void whatWasLockedAtOnceBeforeThereWasGraceStaysLockedAndIsNotToldAgain() {
        test.database.asSuperuser("UPDATE workspace_lock SET locked_at = grace_from, grace_from = NULL");

        test.at(LOCKED);
        locks.tell();

        assertThat(locks.lockedFrom(WORKSPACE)).contains(Instant.parse("2026-03-03T01:00:00Z"));
        assertThat(test.mails()).hasSize(1);
    }
}
