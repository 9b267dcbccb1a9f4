package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.DAY;
import static io.weir.feecenter.settlement.TestSettlement.OWNER;
import static io.weir.feecenter.settlement.TestSettlement.WORKSPACE;
import static io.weir.feecenter.settlement.TestSettlement.line;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static io.weir.feecenter.settlement.TestSettlement.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.MailLanguages;
import io.weir.feecenter.account.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** High-consumption alerts, fee-center-rules.md §5. */
class HighConsumptionTest {

    private static final String ADMINISTRATOR = "user_11111111111111111111111111111111";
    private static final String MEMBER = "user_22222222222222222222222222222222";
    private static final String STRANGER = "user_33333333333333333333333333333333";
    private static final String OTHER = "acct_dddddddddddddddddddddddddddddddd";

    private TestSettlement test;
    private HighConsumptionAlerts alerts;

    @BeforeEach
    void open() {
        test = new TestSettlement();
        test.bind();
        test.person(ADMINISTRATOR, "admin");
        test.person(MEMBER, "member");
        test.person(STRANGER, "stranger");
        test.join(WORKSPACE, ADMINISTRATOR, "ADMINISTRATOR");
        test.join(WORKSPACE, MEMBER, "MEMBER");
        alerts = new HighConsumptionAlerts(test.database.jdbi(), test.clock());
        new MailLanguages(test.database.sink()).choose(ACCOUNT, Locale.ENGLISH);
        test.issuedBefore("2026-03-09T16:00:00Z");
        test.wallets.grantVoucher(
                ACCOUNT,
                "CNY",
                new BigDecimal("1000.00"),
                TestSettlement.NEXT_YEAR,
                null,
                "no arrears among the mails");
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static HighConsumptionAlert alert(@Nullable String item, String threshold, String... members) {
        return new HighConsumptionAlert(WORKSPACE, item, "CNY", new BigDecimal(threshold), List.of(members));
    }

    @Test
    void anAlertGoesOffWhenTheDailyBillOfItsItemIsGreaterThanTheThresholdAndNotWhenItIsEqual() {
        // Given
        alerts.set(alert("log", "10.00"), OWNER);
        test.post(log("10.00"), line(ACCOUNT, "apm_trace", "50.00"));
        test.settle();
        assertThat(test.mails()).as("equal").isEmpty();

        // When
        test.post(on(DAY.plusDays(1), log("10.01")));
        test.settle();

        // Then
        assertThat(test.mails())
                .containsExactly(
                        "owner@example.com: log of workspace Shop (" + WORKSPACE + ") cost 10.01 CNY on 2026-03-03."
                                + " The bill of workspace Shop (" + WORKSPACE
                                + ") for log on 2026-03-03 is 10.01 CNY, which is more"
                                + " than 10.00 CNY. This alert is sent once. Set it again to be told again.");
    }

    @Test
    void anAlertOnTheTotalSumsAllItemsOfTheWorkspaceAndOfNoOther() {
        alerts.set(alert(null, "10.00"), OWNER);
        test.post(log("6.00"), TestSettlement.in("wksp_elsewhere", log("100.00")));
        test.database.jdbi().useHandle(handle -> Progress.livesIn(handle, "wksp_elsewhere", TestSettlement.ZONE));
        test.settle();
        assertThat(test.mails()).isEmpty();

        test.post(line(ACCOUNT, "apm_trace", "4.50"));
        test.settle();
        assertThat(test.mails()).hasSize(1).first().asString().contains("cost 10.50 CNY");
    }

    @Test
    void theNetOfTheDayCounts() {
        alerts.set(alert("log", "10.00"), OWNER);
        test.post(log("12.00"), log(1, "-3.00"));
        test.settle();
        assertThat(test.mails()).as("12.00 - 3.00, settled together").isEmpty();

        test.post(log(2, "1.50"));
        test.settle();
        assertThat(test.mails())
                .as("a later correction")
                .hasSize(1)
                .first()
                .asString()
                .contains("10.50 CNY");
    }

    @Test
    void anAlertIsNotRepeatedUntilItIsSetAgain() {
        // Given
        alerts.set(alert("log", "10.00"), OWNER);
        test.post(log("11.00"), on(DAY.plusDays(1), log("12.00")));
        test.settle();
        assertThat(test.mails()).hasSize(1);

        // When
        alerts.set(alert("log", "10.00"), OWNER);
        test.post(on(DAY.plusDays(2), log("13.00")));
        test.settle();

        // Then
        assertThat(test.mails()).hasSize(2).last().asString().contains("13.00 CNY on 2026-03-04");
    }

    @Test
    void theOwnerAlwaysGetsTheMailAndChosenMembersWhileTheyAreMembers() {
        // Given
        alerts.set(alert("log", "1.00", MEMBER), ADMINISTRATOR);
        alerts.set(alert(null, "1.00", MEMBER), ADMINISTRATOR);
        test.post(log("2.00"));
        test.settle();
        assertThat(test.mails())
                .hasSize(4)
                .extracting(mail -> mail.substring(0, mail.indexOf('@')))
                .containsExactlyInAnyOrder("member", "member", "owner", "owner");

        // When
        alerts.set(alert("log", "1.00", MEMBER), ADMINISTRATOR);
        test.database.asSuperuser("DELETE FROM workspace_member WHERE console_account_id = '" + MEMBER + "'");
        test.post(on(DAY.plusDays(1), log("2.00")));
        test.settle();

        // Then
        assertThat(test.mails()).hasSize(5).last().asString().startsWith("owner@example.com");
    }

    @Test
    void onlyOwnerAndAdministratorSetSeeAndRemoveAlertsAndOnlyMembersGetThem() {
        HighConsumptionAlert alert = alert("log", "1.00");
        refused(Refusal.NOT_ALLOWED, () -> alerts.set(alert, MEMBER));
        refused(Refusal.NOT_ALLOWED, () -> alerts.of(WORKSPACE, MEMBER));
        refused(Refusal.NOT_FOUND, () -> alerts.set(alert, STRANGER));
        refused(Refusal.NOT_FOUND, () -> alerts.set(alert("log", "1.00", STRANGER), OWNER));

        alerts.set(alert, ADMINISTRATOR);
        alerts.set(alert(null, "0.00", MEMBER), OWNER);
        refused(Refusal.NOT_ALLOWED, () -> alerts.remove(WORKSPACE, "log", "CNY", MEMBER));
        assertThat(alerts.of(WORKSPACE, OWNER))
                .extracting(HighConsumptionAlert::onlyItem)
                .containsExactly(Optional.empty(), Optional.of("log"));
        alerts.remove(WORKSPACE, null, "CNY", OWNER);
        alerts.remove(WORKSPACE, "log", "CNY", OWNER);
        assertThat(alerts.of(WORKSPACE, OWNER)).isEmpty();
    }

    @Test
    void anAlertWatchesItsCurrencyWhicheverAccountPays() {
        // Given
        test.account(OTHER, "USD");
        alerts.set(alert("log", "10.00"), OWNER);

        // When
        test.post(on(DAY, TestSettlement.usd(OTHER, "11.00")), log("6.00"));
        test.settle();
        assertThat(test.mails())
                .as("11 USD are nothing to an alert in CNY")
                .noneMatch(mail -> mail.contains("more than"));
        test.post(line("acct_third", "log", "5.00"));
        test.settle();

        // Then
        assertThat(test.mails()).last().asString().contains("11.00 CNY", "10.00 CNY");
    }

    private static void refused(Refusal refusal, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        AccountRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
