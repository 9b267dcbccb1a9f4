package io.weir.feecenter.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleAccountsTest {

    static final Secret PASSWORD = new Secret("correct horse");

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final ConsoleAccounts accounts = new ConsoleAccounts(database.sink(), clock);

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "ADA@Example.com ", "+8613800000000"})
    void signsInByEMailInAnyCaseAndByPhone(String login) {
        ConsoleAccount ada = accounts.register("cn1", "Ada@example.com", "+86 138-0000-0000", "Ada", PASSWORD);

        assertThat(accounts.signIn("cn1", login, PASSWORD)).isEqualTo(ada);
    }

    @ParameterizedTest
    @CsvSource({
        "cn1, ada@example.com, wrong horse",
        "us1, ada@example.com, correct horse",
        "cn1, bob@example.com, correct horse",
        "cn1, Ada, correct horse"
    })
    void saysNotWhatWasWrongWithASignIn(String site, String login, String password) {
        accounts.register("cn1", "ada@example.com", null, "Ada", PASSWORD);

        refused(Refusal.SIGN_IN_FAILED, () -> accounts.signIn(site, login, new Secret(password)));
    }

    @Test
    void anEMailAddressAndAPhoneAreTakenOncePerSite() {
        accounts.register("cn1", "ada@example.com", "+8613800000000", "Ada", PASSWORD);

        refused(Refusal.EMAIL_TAKEN, () -> accounts.register("cn1", "ADA@example.com", null, "Ada", PASSWORD));
        refused(
                Refusal.PHONE_TAKEN,
                () -> accounts.register("cn1", "bob@example.com", "+8613800000000", "Bob", PASSWORD));
        assertThatCode(() -> accounts.register("us1", "ada@example.com", "+8613800000000", "Ada", PASSWORD))
                .doesNotThrowAnyException();
    }

    @Test
    void aUserNameMayBeTheSameAsAnother() {
        accounts.register("cn1", "ada@example.com", null, "Ada", PASSWORD);

        assertThat(accounts.register("cn1", "ada2@example.com", null, "Ada", PASSWORD)
                        .userName())
                .isEqualTo("Ada");
    }

    @ParameterizedTest
    @CsvSource({
        "cn 1, a@example.com, , Ada, long enough, SITE_INVALID",
        "cn1, example.com, , Ada, long enough, EMAIL_INVALID",
        "cn1, a@example, , Ada, long enough, EMAIL_INVALID",
        "cn1, a@example.com, 13800000000, Ada, long enough, PHONE_INVALID",
        "cn1, a@example.com, , '', long enough, NAME_INVALID",
        "cn1, a@example.com, , Ada, 1234567, PASSWORD_INVALID",
    })
    void refusesWhatIsNoAddressPhoneNameOrPassword(
            String site, String email, String phone, String name, String password, Refusal refusal) {
        refused(refusal, () -> accounts.register(site, email, phone, name, new Secret(password)));
    }

    @Test
    void keepsAPasswordAsASaltedArgon2idHashOnly() {
        accounts.register("cn1", "ada@example.com", null, "Ada", PASSWORD);
        accounts.register("cn1", "bob@example.com", null, "Bob", PASSWORD);

        List<String> hashes = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT password_hash FROM console_account")
                        .mapTo(String.class)
                        .list());

        assertThat(hashes)
                .allMatch(hash -> hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aPasswordIsTheSameFromEveryKeyboard() {
        accounts.register("cn1", "ada@example.com", null, "Ada", new Secret("caf\u00e9 horse"));

        assertThatCode(() -> accounts.signIn("cn1", "ada@example.com", new Secret("cafe\u0301 horse")))
                .doesNotThrowAnyException();
    }

    @Test
    void takesTenTriesOfALoginInAQuarterOfAnHour() {
        accounts.register("cn1", "ada@example.com", null, "Ada", PASSWORD);
        for (int i = 0; i < 10; i++) {
            refused(Refusal.SIGN_IN_FAILED, () -> accounts.signIn("cn1", "ada@example.com", new Secret("guess")));
        }

        refused(Refusal.TOO_MANY_TRIES, () -> accounts.signIn("cn1", "Ada@example.com", PASSWORD));
        clock.pass(Duration.ofMinutes(15));
        assertThatCode(() -> accounts.signIn("cn1", "ada@example.com", PASSWORD))
                .doesNotThrowAnyException();
    }

    /** The call is refused for this reason. */
    static void refused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AccountRefused.class, e -> assertThat(e.refusal()).isEqualTo(refusal))
                .matches(e -> !Objects.requireNonNull(e.getMessage()).contains(PASSWORD.value()));
    }
}
