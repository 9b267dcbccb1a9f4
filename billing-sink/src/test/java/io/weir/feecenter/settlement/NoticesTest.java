package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.TestSettlement.ACCOUNT;
import static io.weir.feecenter.settlement.TestSettlement.WORKSPACE;
import static io.weir.feecenter.settlement.TestSettlement.ZONE;
import static io.weir.feecenter.settlement.TestSettlement.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.account.MailLanguages;
import io.weir.feecenter.ledger.Decision;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each notice is a mail, fee-center-rules.md §4, §5. */
class NoticesTest {

    private TestSettlement test;
    private Arrears arrears;

    @BeforeEach
    void open() {
        test = new TestSettlement();
        test.bind();
        arrears = new Arrears(test.database.jdbi(), test.clock());
        new MailLanguages(test.database.sink()).choose(ACCOUNT, Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void owe() {
        test.at("2026-03-03T01:00:00Z");
        test.post(log("4.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();
    }

    @Test
    void arrearsAreToldAtTheirBeginningThreeDaysBeforeTheirEndAtTheLockAndAtThePayment() {
        // Given
        owe();
        assertThat(test.mails())
                .containsExactly(
                        "aaaa@example.com: Your fee-center account aaaa is in arrears. 4.00 CNY of your bill"
                                + " could not be paid. Top up before 2026-03-17 01:00 UTC: then the workspaces you pay for are locked.");

        // When
        test.at("2026-03-14T00:59:59Z");
        arrears.lockOverdue();
        assertThat(test.mails()).as("more than three days are left").hasSize(1);
        test.at("2026-03-14T01:00:00Z");
        arrears.lockOverdue();
        arrears.lockOverdue();
        assertThat(test.mails()).hasSize(2).last().asString().contains("will be locked soon", "2026-03-17 01:00 UTC");
        test.at("2026-03-17T01:00:00Z");
        arrears.lockOverdue();
        test.topUp("4.00");

        // Then
        assertThat(test.mails()).hasSize(4);
        assertThat(test.mails().get(2)).contains("aaaa is locked", "4.00 CNY");
        assertThat(test.mails().get(3)).contains("aaaa is open again");
    }

    @ParameterizedTest
    @CsvSource({"ALIYUN, is no longer paid by its cloud account", "AWS, 'will be locked, its cloud account has ended'"})
    void theEndOfACloudAccountIsToldForEachWorkspace(SettlementMethod method, String told) {
        // Given
        CloudAccounts clouds = new CloudAccounts(test.database.jdbi(), test.clock());
        CloudAccount cloud = clouds.register(ACCOUNT, "CNY", method, "customer");
        new SettlementMethods(test.database.jdbi(), test.clock()).choose(WORKSPACE, ACCOUNT, ZONE, cloud.id());

        // When
        new CloudDecisions(test.database.jdbi(), test.clock())
                .unsubscribe(cloud, new Decision("operator", "the cloud said so"));

        // Then
        assertThat(test.mails())
                .hasSize(1)
                .first()
                .asString()
                .contains("Workspace Shop (" + WORKSPACE + ") " + told, "fee-center account aaaa pays");
    }

    @Test
    void anAccountInCnyReadsChineseUntilItChoosesEnglish() {
        // Given
        test.database.asSuperuser("UPDATE fee_center_account SET mail_language = NULL");

        // When
        owe();
        new MailLanguages(test.database.sink()).choose(ACCOUNT, Locale.US);
        test.topUp("4.00");
        test.post(log(1, "1.00"));
        test.settle();

        // Then
        assertThat(test.mails().get(0)).contains("费用中心账号 aaaa 已欠费", "4.00 CNY");
        assertThat(test.mails().get(1)).contains("aaaa is in arrears", "1.00 CNY");
    }

    @Test
    void aNoticeAndItsMailAreWrittenTogetherOrNotAtAll() {
        assertThatThrownBy(() -> test.database.jdbi().useTransaction(handle -> {
                    OpenWallet.lock(handle, ACCOUNT, "CNY", test.now());
                    Arrears.begin(handle, ACCOUNT, test.now());
                    throw new IllegalStateException("killed before the commit");
                }))
                .hasMessage("killed before the commit");

        assertThat(test.mails()).isEmpty();
        assertThat(test.database.number("SELECT count(*) FROM settlement_notice"))
                .isZero();
    }

    @Test
    void anAccountThatIsKnownFromLinesOnlyHasNoMailAndIsSettledAllTheSame() {
        test.post(TestSettlement.line("acct_unregistered", "log", "4.00"));
        test.issuedBefore("2026-03-02T16:00:00Z");
        test.settle();

        assertThat(test.wallets.wallet("acct_unregistered").flatMap(Wallet::inArrears))
                .isPresent();
        assertThat(test.mails()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Notices.Kind.class)
    void everyNoticeHasATextInBothLanguages(Notices.Kind kind) {
        MailLanguages languages = new MailLanguages(test.database.sink());
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE}) {
            languages.choose(ACCOUNT, language);
            test.database.jdbi().useTransaction(handle -> {
                OpenWallet.lock(handle, ACCOUNT, "CNY", test.now());
                Notices.add(handle, ACCOUNT, WORKSPACE, kind, test.now());
            });
        }

        assertThat(test.mails()).hasSize(2).doesNotHaveDuplicates().noneMatch(mail -> mail.contains("{"));
    }
}
