package io.weir.feecenter.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.CommercialRegistration;
import io.weir.feecenter.account.CommercialRegistration.Form;
import io.weir.feecenter.account.CommercialRegistration.Registered;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.MailServer;
import io.weir.feecenter.account.Refusal;
import io.weir.feecenter.account.SettableClock;
import io.weir.feecenter.account.Upgrades.Acceptance;
import io.weir.feecenter.ledger.Decision;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registration from a cloud's marketplace (fee-center-rules.md §4). */
class MarketplaceRegistrationTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final MailServer server = new MailServer();
    private final Codes codes = new Codes(database.sink(), clock, Optional.of(server.mail()));
    private final CloudAccounts clouds = new CloudAccounts(database.jdbi(), clock);
    private final SettlementMethods methods = new SettlementMethods(database.jdbi(), clock);
    private final MarketplaceLinks links = new MarketplaceLinks(database.jdbi(), clock);
    private final MarketplaceRegistration registration =
            new MarketplaceRegistration(new CommercialRegistration(database.sink(), clock, codes), links, clock);

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    /** §4: opened from a marketplace, that cloud only. */
    @Test
    void theCloudAccountPaysForTheNewWorkspaceAndNothingElseMay() {
        // When
        Registered made = register("acme", "ada@example.com", "customer-1");

        // Then
        String account = made.account().accountId();
        String workspace = made.workspace().workspaceId();
        CloudAccount aws = clouds.registered(account).get(0);
        assertThat(aws.customerIdentifier()).isEqualTo("customer-1");
        assertThat(methods.now(workspace)).isEqualTo(SettlementMethod.AWS);

        // When
        new CloudDecisions(database.jdbi(), clock).release(aws, workspace, new Decision("operator", "asked for"));
        CloudAccount huawei = clouds.register(account, "USD", SettlementMethod.HUAWEI, "customer-1");

        // Then
        assertThat(methods.choose(workspace, account, ZONE, huawei.id())).contains(SwitchRefused.MARKETPLACE_ONLY);
        assertThat(methods.choose(workspace, account, ZONE, null)).contains(SwitchRefused.MARKETPLACE_ONLY);
        assertThat(methods.choose(workspace, account, ZONE, aws.id())).isEmpty();
    }

    @Test
    void aCloudAccountThatPaysAlreadyRegistersNobody() {
        register("acme", "ada@example.com", "customer-1");

        assertThatThrownBy(() -> register("other", "bob@example.com", "customer-1"))
                .isInstanceOfSatisfying(
                        AccountRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CLOUD_ACCOUNT_TAKEN));

        assertThat(database.number("SELECT count(*) FROM console_account")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM fee_center_account")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM workspace")).isEqualTo(1);
    }

    private Registered register(String userName, String email, String customer) {
        codes.sendToRegister(email, Locale.ENGLISH);
        Form form = new Form("us1", email, null, userName, new Secret("correct horse"), Currency.USD, "Shop");
        Acceptance accepted = new Acceptance("terms 2026-01", Locale.ENGLISH);
        Secret link = links.make(SettlementMethod.AWS, customer, "us1", "operator");
        return registration.register(link, form, server.lastCode(), accepted);
    }
}
