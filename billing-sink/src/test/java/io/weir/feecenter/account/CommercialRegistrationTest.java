package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.account.CommercialRegistration.Form;
import io.weir.feecenter.account.CommercialRegistration.Registered;
import io.weir.feecenter.account.Upgrades.Acceptance;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registration straight onto the commercial plan (fee-center-rules.md §3). */
class CommercialRegistrationTest {

    private static final Acceptance ACCEPTED = new Acceptance("terms 2026-01", Locale.ENGLISH);

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final MailServer server = new MailServer();
    private final Codes codes = new Codes(database.sink(), clock, Optional.of(server.mail()));
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final CommercialRegistration registration = new CommercialRegistration(database.sink(), clock, codes);

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    /** §3: both accounts are created together with the same first name and password; accepting the agreement sends a mail. */
    @Test
    void oneStepMakesBothAccountsAndACommercialWorkspace() {
        // When
        Registered made = registration.register(form("acme", "ada@example.com"), code(), ACCEPTED);

        // Then
        assertThat(people.signIn("cn1", "ada@example.com", PASSWORD)).isEqualTo(made.console());
        assertThat(accounts.signIn("acme", PASSWORD)).isEqualTo(made.account());
        assertThat(made.console().userName()).isEqualTo(made.account().userName());
        String workspace = made.workspace().workspaceId();
        assertThat(workspaces.find(workspace).orElseThrow().plan()).isEqualTo(Plan.COMMERCIAL);
        assertThat(workspaces.role(workspace, made.console().consoleAccountId()))
                .contains(Role.OWNER);
        assertThat(new Bindings(database.sink(), clock).current(workspace)).contains(made.binding());
        assertThat(new Mailings(database.sink(), clock, server.mail()).sendWaiting())
                .isEqualTo(1);
        assertThat(server.received()).last().asString().startsWith("ada@example.com: Workspace Shop is commercial now");
        assertThat(database.number("SELECT count(*) FROM control_outbox"))
                .as("account, workspace, binding")
                .isEqualTo(3);
    }

    /** §3: the accounts live on their own afterwards. */
    @Test
    void theOnePasswordIsKeptAsTwoHashes() {
        registration.register(form("acme", "ada@example.com"), code(), ACCEPTED);

        assertThat(database.number("""
                        SELECT count(*) FROM console_account AS console JOIN fee_center_account AS paying USING (email)
                        WHERE console.password_hash = paying.password_hash
                        """)).isZero();
    }

    @Test
    void nothingIsMadeWithoutTheCodeOrTheAgreement() {
        Form form = form("acme", "ada@example.com");
        String code = code();

        refused(
                Refusal.AGREEMENT_MISSING,
                () -> registration.register(form, code, new Acceptance(" ", Locale.ENGLISH)));
        refused(Refusal.CODE_WRONG, () -> registration.register(form, code + "0", ACCEPTED));
        assertThat(rows()).isZero();
        registration.register(form, code, ACCEPTED);
        refused(Refusal.CODE_WRONG, () -> registration.register(form("acme2", "ada@example.com"), code, ACCEPTED));
        assertThat(rows()).isEqualTo(3);
    }

    /** §3: a user name is unique in the fee center, an e-mail address on a site. */
    @Test
    void whatIsTakenUndoesAllOfIt() {
        // Given
        accounts.register("acme", Currency.CNY, "other@example.com", null, PASSWORD);
        people.register("cn1", "ada@example.com", null, "Ada", PASSWORD);
        long before = rows();

        // When / Then
        refused(Refusal.USER_NAME_TAKEN, () -> registration.register(form("ACME", "bob@example.com"), "", ACCEPTED));
        String code = code();
        refused(Refusal.EMAIL_TAKEN, () -> registration.register(form("ada", "ada@example.com"), code, ACCEPTED));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void whatFailsInTheSameTransactionUndoesAllOfIt() {
        String code = code();

        assertThatThrownBy(() ->
                        registration.register(form("acme", "ada@example.com"), code, ACCEPTED, (handle, registered) -> {
                            throw new IllegalStateException("the cloud says no");
                        }))
                .hasMessage("the cloud says no");

        assertThat(rows()).isZero();
    }

    private String code() {
        codes.sendToRegister("ada@example.com", Locale.ENGLISH);
        return server.lastCode();
    }

    private static Form form(String userName, String email) {
        return new Form("cn1", email, null, userName, new Secret(PASSWORD.value()), Currency.CNY, "Shop");
    }

    private long rows() {
        return database.number("""
                SELECT (SELECT count(*) FROM console_account) + (SELECT count(*) FROM fee_center_account)
                    + (SELECT count(*) FROM workspace)
                """);
    }
}
