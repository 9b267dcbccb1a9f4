package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.weir.feecenter.ledger.SqlState;
import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeeCenterAccountsTest {

    private final TestDatabase database = TestDatabase.shared();
    private final FeeCenterAccounts accounts = new FeeCenterAccounts(database.sink(), new SettableClock());

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "ACME", "ada@example.com", "+8613800000000"})
    void signsInByUserNameEMailOrPhone(String login) {
        FeeCenterAccount acme = accounts.register("acme", Currency.CNY, "ada@example.com", "+8613800000000", PASSWORD);

        assertThat(accounts.signIn(login, PASSWORD)).isEqualTo(acme);
        refused(Refusal.SIGN_IN_FAILED, () -> accounts.signIn(login, new Secret("wrong horse")));
    }

    @Test
    void aUserNameIsTakenOnceInAnyCase() {
        assertThat(accounts.isFree("Acme")).isTrue();
        accounts.register("acme", Currency.CNY, "ada@example.com", null, PASSWORD);

        assertThat(accounts.isFree("Acme")).isFalse();
        refused(
                Refusal.USER_NAME_TAKEN,
                () -> accounts.register("ACME", Currency.USD, "bob@example.com", null, PASSWORD));
    }

    @Test
    void twoAccountsMayHaveOneEMailAddressAndAreToldApartByPasswordOrUserName() {
        FeeCenterAccount yuan = accounts.register("acme", Currency.CNY, "ada@example.com", null, PASSWORD);
        FeeCenterAccount dollar =
                accounts.register("acme.us", Currency.USD, "ada@example.com", null, new Secret("other horse"));

        assertThat(accounts.signIn("ada@example.com", PASSWORD)).isEqualTo(yuan);
        assertThat(accounts.signIn("ada@example.com", new Secret("other horse")))
                .isEqualTo(dollar);
        accounts.register("acme.hk", Currency.USD, "ada@example.com", null, PASSWORD);
        refused(Refusal.SIGN_IN_AMBIGUOUS, () -> accounts.signIn("ada@example.com", PASSWORD));
        assertThat(accounts.signIn("acme", PASSWORD)).isEqualTo(yuan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "-acme", "ac me", "acme@example.com", "+8613800000000", "\u0430cme"})
    void refusesAUserNameThatCouldBeTakenForSomethingElse(String userName) {
        refused(
                Refusal.USER_NAME_INVALID,
                () -> accounts.register(userName, Currency.CNY, "ada@example.com", null, PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE fee_center_account SET user_name = 'other'",
                "UPDATE fee_center_account SET currency = 'USD'",
                "DELETE FROM fee_center_account",
            })
    void neverChangesUserNameAndCurrency(String change) {
        accounts.register("acme", Currency.CNY, "ada@example.com", null, PASSWORD);

        assertThat(SqlState.of(database.sink(), change)).isEqualTo(SqlState.INSUFFICIENT_PRIVILEGE);
        assertThat(SqlState.of(database.owner(), change)).isEqualTo(SqlState.RESTRICT_VIOLATION);
    }

    @Test
    void staysCertifiedForTheEnterpriseItWasCertifiedFor() {
        String acme = accounts.register("acme", Currency.CNY, "ada@example.com", null, PASSWORD)
                .accountId();
        accounts.certify(acme, "91330100MA2B0KXK1R");

        refused(Refusal.NOT_FOUND, () -> accounts.certify(acme, "other"));
        assertThatCode(() -> accounts.certify(acme, "91330100MA2B0KXK1R")).doesNotThrowAnyException();
        assertThat(accounts.find(acme).orElseThrow().enterprise()).isEqualTo("91330100MA2B0KXK1R");
        assertThat(SqlState.of(database.sink(), "UPDATE fee_center_account SET enterprise = NULL"))
                .isEqualTo(SqlState.RESTRICT_VIOLATION);
    }
}
