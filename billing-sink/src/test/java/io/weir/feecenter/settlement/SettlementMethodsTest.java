package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.SettlementMethod.ALIYUN;
import static io.weir.feecenter.settlement.SettlementMethod.AWS;
import static io.weir.feecenter.settlement.SettlementMethod.FEE_CENTER;
import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.DAY;
import static io.weir.feecenter.settlement.TestSettlement.WORKSPACE;
import static io.weir.feecenter.settlement.TestSettlement.ZONE;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.feecenter.settlement.TestSettlement.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.Decision;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settlement by cloud accounts, fee-center-rules.md §4, and how a workspace is unlocked, §5. */
class SettlementMethodsTest {

    private static final String OTHER = "acct_dddddddddddddddddddddddddddddddd";
    private static final Decision DECISION = new Decision("operator", "the customer said so");

    private TestSettlement test;
    private SettlementMethods methods;
    private CloudAccounts clouds;
    private CloudDecisions decisions;
    private WorkspaceLocks locks;

    @BeforeEach
    void open() {
        test = new TestSettlement();
        test.bind();
        methods = new SettlementMethods(test.database.jdbi(), test.clock());
        clouds = new CloudAccounts(test.database.jdbi(), test.clock());
        decisions = new CloudDecisions(test.database.jdbi(), test.clock());
        locks = new WorkspaceLocks(test.database.jdbi(), test.clock());
    }

    @AfterEach
    void close() {
        test.close();
    }

    private CloudAccount registered(SettlementMethod cloud) {
        return clouds.register(ACCOUNT, "CNY", cloud, "customer of " + cloud);
    }

    private Optional<SwitchRefused> choose(CloudAccount cloud) {
        return methods.choose(WORKSPACE, ACCOUNT, ZONE, cloud.id());
    }

    @Test
    void theCloudMethodTakesVouchersAndCardsAndThenTheCloudAccountAndNoCash() {
        // Given
        CloudAccount cloud = registered(AWS);
        choose(cloud);
        test.grantVoucher("5.00");
        test.buyCard("100");
        test.topUp("10.00");
        test.post(log("112.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");

        // When
        test.settle();

        // Then
        assertThat(test.purses()).containsExactly("VOUCHER 0.00", "CARD 0.00", "CASH 10.00", "DEBT 0.00");
        assertThat(clouds.due(cloud)).isEqualByComparingTo("7.00");
        assertThat(test.imbalances()).isZero();
    }

    @Test
    void aCorrectionOfADayThatACloudSettledIsSetOffAgainstItsLaterAmounts() {
        // Given
        CloudAccount cloud = registered(AWS);
        choose(cloud);
        test.post(log("12.00"));
        test.issuedBefore("2026-03-03T16:00:00Z");
        test.settle();

        // When
        test.post(log(1, "-4.50"), on(DAY.plusDays(1), log("1.00")));
        test.settle();

        // Then
        assertThat(clouds.due(cloud)).isEqualByComparingTo("8.50");
    }

    @Test
    void aLineKeepsTheMethodUnderWhichItWasSettledAndItsCorrectionFollowsIt() {
        // Given
        test.topUp("10.00");
        test.post(log("4.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();
        CloudAccount cloud = registered(AWS);
        choose(cloud);

        // When
        test.post(log(1, "1.00"));
        test.settle();

        // Then
        assertThat(test.database.number("SELECT count(*) FROM settled_line WHERE method = 'FEE_CENTER'"))
                .isEqualTo(2);
        assertThat(test.purses()).containsExactly("CASH 5.00", "DEBT 0.00");
    }

    @Test
    void aWorkspaceIsSwitchedAtMostOnceAMonthOfItsSite() {
        // Given
        test.at("2026-03-31T15:59:59Z");
        CloudAccount first = registered(AWS);
        choose(first);
        decisions.release(first, WORKSPACE, DECISION);
        CloudAccount second = registered(ALIYUN);

        // When / Then
        assertThat(choose(second)).contains(SwitchRefused.ONCE_A_MONTH);
        test.at("2026-03-31T16:00:00Z");
        assertThat(choose(second)).as("April has begun in Shanghai").isEmpty();
    }

    @Test
    void aWorkspaceOnACloudAccountIsLockedInUntilItIsReleased() {
        // Given
        CloudAccount cloud = registered(AWS);
        choose(cloud);
        test.at("2026-04-20T00:00:00Z");

        // When / Then
        assertThat(methods.choose(WORKSPACE, ACCOUNT, ZONE, null)).contains(SwitchRefused.LOCKED_IN);
        decisions.release(cloud, WORKSPACE, DECISION);
        assertThat(methods.choose(WORKSPACE, ACCOUNT, ZONE, null)).isEmpty();
    }

    @Test
    void aWorkspaceOpenedFromAMarketplaceTakesNoOtherCloudAndNotTheFeeCenter() {
        CloudAccount marketplace = registered(AWS);
        methods.openFromMarketplace(WORKSPACE, marketplace);
        decisions.release(marketplace, WORKSPACE, DECISION);

        assertThat(choose(registered(ALIYUN))).contains(SwitchRefused.MARKETPLACE_ONLY);
        assertThat(methods.choose(WORKSPACE, ACCOUNT, ZONE, null)).contains(SwitchRefused.MARKETPLACE_ONLY);
    }

    @Test
    void nobodyPaysWithTheCloudAccountOfAnother() {
        CloudAccount foreign = clouds.register("acct_b", "CNY", AWS, "customer");

        assertThat(choose(foreign)).contains(SwitchRefused.NO_SUCH_CLOUD_ACCOUNT);
    }

    @Test
    void onlyTheAccountThatPaysNowChoosesAndOnlyAmongItsOwnCloudAccounts() {
        // Given
        CloudAccount before = registered(AWS);
        choose(before);
        rebind();
        CloudAccount own = clouds.register(OTHER, "CNY", ALIYUN, "customer");

        // When / Then
        assertThat(choose(before)).contains(SwitchRefused.NOT_PAYING);
        assertThat(methods.choose(WORKSPACE, ACCOUNT, ZONE, null)).contains(SwitchRefused.NOT_PAYING);
        test.at("2026-04-20T00:00:00Z");
        assertThat(methods.choose(WORKSPACE, OTHER, ZONE, before.id())).contains(SwitchRefused.NO_SUCH_CLOUD_ACCOUNT);
        assertThat(methods.choose(WORKSPACE, OTHER, ZONE, own.id())).isEmpty();
        assertThat(methods.now(WORKSPACE)).isEqualTo(ALIYUN);
    }

    @Test
    void aCloudAccountPaysNothingMoreOnceAnotherAccountPaysForTheWorkspace() {
        // Given
        CloudAccount before = registered(AWS);
        choose(before);

        // When
        rebind();
        test.post(TestSettlement.line(OTHER, "log", "4.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();

        // Then
        assertThat(methods.now(WORKSPACE)).isEqualTo(FEE_CENTER);
        assertThat(clouds.due(before)).isZero();
        assertThat(test.wallets.wallet(OTHER).flatMap(Wallet::inArrears)).isPresent();
    }

    @Test
    void aCloudAccountPaysForSeveralWorkspacesAndLeavesThemAllWhenItEnds() {
        String second = "wksp_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
        test.workspace(second, "Second");
        test.bind(second, ACCOUNT, 1);
        CloudAccount cloud = registered(AWS);
        assertThat(choose(cloud)).isEmpty();
        assertThat(methods.choose(second, ACCOUNT, ZONE, cloud.id())).isEmpty();

        test.post(log("1.00"), TestSettlement.in(second, log("2.00")));
        test.database.jdbi().useHandle(handle -> Progress.livesIn(handle, second, ZONE));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();

        assertThat(clouds.due(cloud)).isEqualByComparingTo("3.00");
        assertThat(decisions.unsubscribe(cloud, DECISION)).containsExactly(WORKSPACE, second);
        assertThat(decisions.unsubscribe(cloud, DECISION)).as("again").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoChoosesHowToPayAgainUnlocksTheWorkspace(boolean byCloud) {
        // Given
        CloudAccount first = registered(AWS);
        choose(first);
        decisions.unsubscribe(first, DECISION);
        CloudAccount second = registered(ALIYUN);

        // When / Then
        assertThat(choose(second)).contains(SwitchRefused.ONCE_A_MONTH);
        assertThat(locks.lockedFrom(WORKSPACE)).isPresent();

        test.at("2026-04-20T00:00:00Z");
        assertThat(methods.choose(WORKSPACE, ACCOUNT, ZONE, byCloud ? second.id() : null))
                .isEmpty();
        assertThat(locks.lockedFrom(WORKSPACE)).isEmpty();
    }

    private void rebind() {
        test.account(OTHER, "CNY");
        test.bind(WORKSPACE, OTHER, 2);
    }

    @Test
    void aReleasedWorkspaceLeavesTheOthersOnTheCloudAccount() {
        // Given
        String second = "wksp_eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
        test.workspace(second, "Second");
        test.bind(second, ACCOUNT, 1);
        CloudAccount cloud = registered(AWS);
        choose(cloud);
        assertThat(methods.choose(second, ACCOUNT, ZONE, cloud.id())).isEmpty();

        // When / Then
        assertThat(decisions.release(cloud, WORKSPACE, DECISION)).isTrue();
        assertThat(methods.now(WORKSPACE)).isEqualTo(FEE_CENTER);
        assertThat(methods.now(second)).isEqualTo(AWS);
        assertThat(decisions.release(cloud, WORKSPACE, DECISION)).as("again").isFalse();
        assertThat(decisions.about(cloud)).hasSize(1);
    }

    @Test
    void theEndOfACloudAccountDoesNotReachAWorkspaceForWhichAnotherAccountPaysNow() {
        // Given
        CloudAccount before = registered(AWS);
        choose(before);
        rebind();

        // When / Then
        assertThat(decisions.unsubscribe(before, DECISION)).isEmpty();
        assertThat(locks.lockedFrom(WORKSPACE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ALIYUN, false", "AWS, true", "HUAWEI, true", "AZURE, true"})
    void anUnsubscribedCloudAccountLeavesItsWorkspacesToTheFeeCenterAndLocksThemByCloud(
            SettlementMethod method, boolean locked) {
        // Given
        CloudAccount cloud = registered(method);
        choose(cloud);

        // When
        assertThat(decisions.unsubscribe(cloud, DECISION)).containsExactly(WORKSPACE);

        // Then
        assertThat(methods.now(WORKSPACE)).isEqualTo(FEE_CENTER);
        assertThat(locks.lockedFrom(WORKSPACE).isPresent()).isEqualTo(locked);
        assertThat(clouds.registered(ACCOUNT)).isEmpty();
        assertThat(test.database.number("SELECT count(*) FROM settlement_notice WHERE kind = 'CLOUD_ENDED'"))
                .isEqualTo(1);
    }
}
