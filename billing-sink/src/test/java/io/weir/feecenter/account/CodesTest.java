package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.weir.feecenter.ledger.TestDatabase;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodesTest {

    private static final String ADA = "ada@example.com";

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final MailServer server = new MailServer();
    private final Codes codes = new Codes(database.sink(), clock, Optional.of(server.mail()));

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void aCodeArrivesByMailAndWorksOnce() {
        codes.sendToRegister("Ada@example.com", Locale.ENGLISH);
        String code = server.lastCode();

        assertThat(server.received())
                .singleElement()
                .asString()
                .startsWith("ada@example.com: Your code is " + code)
                .contains("register with this address");
        assertThatCode(() -> codes.useToRegister(ADA, " " + code + " ")).doesNotThrowAnyException();
        refused(Refusal.CODE_WRONG, () -> codes.useToRegister(ADA, code));
    }

    @Test
    void aMailIsWrittenInTheReadersLanguage() {
        codes.sendToRegister(ADA, Locale.SIMPLIFIED_CHINESE);

        assertThat(server.received()).singleElement().asString().contains("您的验证码是 " + server.lastCode());
    }

    @Test
    void aCodeIsNoGoodForSomebodyElse() {
        codes.sendToRegister(ADA, Locale.ENGLISH);

        refused(Refusal.CODE_WRONG, () -> codes.useToRegister("bob@example.com", server.lastCode()));
    }

    @Test
    void aCodeExpiresAfterTenMinutes() {
        codes.sendToRegister(ADA, Locale.ENGLISH);
        clock.pass(Duration.ofMinutes(10));

        refused(Refusal.CODE_WRONG, () -> codes.useToRegister(ADA, server.lastCode()));
    }

    @Test
    void aNewCodeTakesThePlaceOfTheOldOne() {
        codes.sendToRegister(ADA, Locale.ENGLISH);
        String old = server.lastCode();
        codes.sendToRegister(ADA, Locale.ENGLISH);

        // One in a million of the new ones is the same as the old one.
        if (!old.equals(server.lastCode())) {
            refused(Refusal.CODE_WRONG, () -> codes.useToRegister(ADA, old));
        }
        assertThatCode(() -> codes.useToRegister(ADA, server.lastCode())).doesNotThrowAnyException();
    }

    @Test
    void afterFiveWrongTriesTheRightCodeIsWrongToo() {
        codes.sendToRegister(ADA, Locale.ENGLISH);
        for (int i = 0; i < 5; i++) {
            refused(Refusal.CODE_WRONG, () -> codes.useToRegister(ADA, "no code"));
        }

        refused(Refusal.CODE_WRONG, () -> codes.useToRegister(ADA, server.lastCode()));
    }

    @Test
    void nobodyGetsMoreThanFiveCodesInAnHour() {
        for (int i = 0; i < 5; i++) {
            codes.sendToRegister(ADA, Locale.ENGLISH);
        }

        refused(Refusal.TOO_MANY_TRIES, () -> codes.sendToRegister(ADA, Locale.ENGLISH));
        assertThat(server.received()).hasSize(5);
        clock.pass(Duration.ofHours(1));
        assertThatCode(() -> codes.sendToRegister(ADA, Locale.ENGLISH)).doesNotThrowAnyException();
    }

    @Test
    void keepsACodeAsASlowHashOnly() {
        codes.sendToRegister(ADA, Locale.ENGLISH);

        assertThat(database.number("SELECT count(*) FROM code WHERE code_hash LIKE '$argon2id$%'"))
                .isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM mail_outbox")).isZero();
    }

    @Test
    void saysSoWhenTheMailServerIsAway() {
        server.goAway();

        refused(Refusal.MAIL_UNAVAILABLE, () -> codes.sendToRegister(ADA, Locale.ENGLISH));
    }
}
