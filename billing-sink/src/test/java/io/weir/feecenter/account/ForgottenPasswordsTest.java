package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForgottenPasswordsTest {

    private static final Secret NEW = new Secret("battery staple");

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final MailServer server = new MailServer();
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), clock);
    private final ForgottenPasswords passwords = new ForgottenPasswords(
            database.sink(), clock, new Codes(database.sink(), clock, Optional.of(server.mail())));

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void theCodeLetsAConsoleAccountOfOneSiteChooseANewPassword() {
        // Given
        ConsoleAccount ada = people.register("cn1", "ada@example.com", null, "Ada", PASSWORD);
        people.register("us1", "ada@example.com", null, "Ada", PASSWORD);
        passwords.sendConsoleCode("cn1", "ADA@example.com", Locale.ENGLISH);
        String code = server.lastCode();

        // When
        refused(Refusal.CODE_WRONG, () -> passwords.renewConsole("us1", "ada@example.com", code, NEW, Locale.ENGLISH));
        String renewed = passwords.renewConsole("cn1", "ada@example.com", code, NEW, Locale.ENGLISH);

        // Then
        assertThat(renewed).isEqualTo(ada.consoleAccountId());
        assertThat(people.signIn("cn1", "ada@example.com", NEW)).isEqualTo(ada);
        refused(Refusal.SIGN_IN_FAILED, () -> people.signIn("cn1", "ada@example.com", PASSWORD));
        assertThat(people.signIn("us1", "ada@example.com", PASSWORD).site()).isEqualTo("us1");
        assertThat(new Mailings(database.sink(), clock, server.mail()).sendWaiting())
                .isEqualTo(1);
        assertThat(server.received())
                .last()
                .asString()
                .startsWith("ada@example.com: Your account Ada has a new password");
    }

    @Test
    void theCodeLetsAFeeCenterAccountChooseANewPassword() {
        // Given
        FeeCenterAccount acme = accounts.register("acme", Currency.CNY, "ada@example.com", null, PASSWORD);
        passwords.sendFeeCenterCode("ACME", Locale.SIMPLIFIED_CHINESE);

        // When
        passwords.renewFeeCenter("acme", server.lastCode(), NEW, Locale.ENGLISH);

        // Then
        assertThat(accounts.signIn("acme", NEW)).isEqualTo(acme);
        refused(Refusal.SIGN_IN_FAILED, () -> accounts.signIn("acme", PASSWORD));
    }

    @Test
    void whetherThereIsAnAccountIsNotSaid() {
        passwords.sendConsoleCode("cn1", "nobody@example.com", Locale.ENGLISH);
        passwords.sendFeeCenterCode("nobody", Locale.ENGLISH);

        assertThat(server.received()).isEmpty();
        refused(
                Refusal.CODE_WRONG,
                () -> passwords.renewConsole("cn1", "nobody@example.com", "000000", NEW, Locale.ENGLISH));
        refused(Refusal.CODE_WRONG, () -> passwords.renewFeeCenter("nobody", "000000", NEW, Locale.ENGLISH));
    }

    @Test
    void aCodeWorksOnceForTenMinutesAndForAPasswordThatIsAllowed() {
        // Given
        accounts.register("acme", Currency.CNY, "ada@example.com", null, PASSWORD);
        passwords.sendFeeCenterCode("acme", Locale.ENGLISH);
        String code = server.lastCode();

        // When / Then
        refused(
                Refusal.PASSWORD_INVALID,
                () -> passwords.renewFeeCenter("acme", code, new Secret("short"), Locale.ENGLISH));
        passwords.renewFeeCenter("acme", code, NEW, Locale.ENGLISH);
        refused(Refusal.CODE_WRONG, () -> passwords.renewFeeCenter("acme", code, PASSWORD, Locale.ENGLISH));

        // When
        passwords.sendFeeCenterCode("acme", Locale.ENGLISH);
        clock.pass(Duration.ofMinutes(10));

        // Then
        refused(
                Refusal.CODE_WRONG,
                () -> passwords.renewFeeCenter("acme", server.lastCode(), PASSWORD, Locale.ENGLISH));
    }
}
