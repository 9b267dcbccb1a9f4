package io.weir.feecenter.account;

import static io.weir.feecenter.account.ApiScope.BILLS_READ;
import static io.weir.feecenter.account.ApiScope.WALLET_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiTokensTest {

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final ApiTokens tokens = new ApiTokens(database.sink(), clock);
    private final String acme = register("acme");

    private String register(String userName) {
        return new FeeCenterAccounts(database.sink(), clock)
                .register(userName, Currency.CNY, "fees@example.com", null, new Secret("correct horse"))
                .accountId();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTokenOpensItsAccountForItsScopesOnly() {
        Secret token = tokens.make(acme, "monthly report", Set.of(BILLS_READ));

        ApiToken found = tokens.find(token).orElseThrow();
        assertThat(found.accountId()).isEqualTo(acme);
        assertThat(found.allows(BILLS_READ)).isTrue();
        assertThat(found.allows(WALLET_WRITE)).isFalse();
    }

    @Test
    void theDatabaseKeepsTheHashOfATokenOnly() {
        Secret token = tokens.make(acme, "monthly report", Set.of(BILLS_READ));

        assertThat(token.value()).matches("weir_[0-9a-f]{64}");
        assertThat(database.number("SELECT count(*) FROM api_token AS row WHERE row::text LIKE '%weir\\_%'"))
                .isZero();
        assertThat(database.number("SELECT count(*) FROM api_token")).isOne();
    }

    @Test
    void whatIsNoTokenOpensNothing() {
        String token = tokens.make(acme, "monthly report", Set.of(BILLS_READ)).value();

        for (String other :
                new String[] {"", "weir_", token.substring(1), token + "0", token.replace('0', '1'), "\0"}) {
            assertThat(tokens.find(new Secret(other))).as(other).isEmpty();
        }
    }

    @Test
    void aRevokedTokenOpensNothingAndStaysInSight() {
        Secret token = tokens.make(acme, "monthly report", Set.of(BILLS_READ));
        long id = tokens.find(token).orElseThrow().tokenId();

        tokens.revoke(acme, id);
        tokens.revoke(acme, id);

        assertThat(tokens.find(token)).isEmpty();
        assertThat(tokens.of(acme))
                .singleElement()
                .satisfies(revoked -> assertThat(revoked.revokedAt()).isEqualTo(clock.instant()));
    }

    @Test
    void nobodyRevokesATokenOfAnotherAccount() {
        Secret token = tokens.make(acme, "monthly report", Set.of(BILLS_READ));
        long id = tokens.find(token).orElseThrow().tokenId();
        String other = register("other");

        assertThatExceptionOfType(AccountRefused.class)
                .isThrownBy(() -> tokens.revoke(other, id))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_FOUND));
        assertThat(tokens.find(token)).isPresent();
        assertThat(tokens.of(other)).isEmpty();
    }

    @Test
    void aTokenHasANameAndAScope() {
        assertThatExceptionOfType(AccountRefused.class).isThrownBy(() -> tokens.make(acme, " ", Set.of(BILLS_READ)));
        assertThatIllegalArgumentException().isThrownBy(() -> tokens.make(acme, "nothing", Set.of()));
    }
}
