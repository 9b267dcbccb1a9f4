package io.weir.feecenter.account;

import static io.weir.feecenter.account.ConsoleAccountsTest.PASSWORD;
import static io.weir.feecenter.account.ConsoleAccountsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.TestDatabase;
import io.weir.wire.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriteTokensTest {

    private final TestDatabase database = TestDatabase.shared();
    private final SettableClock clock = new SettableClock();
    private final ConsoleAccounts people = new ConsoleAccounts(database.sink(), clock);
    private final Workspaces workspaces = new Workspaces(database.sink(), clock);
    private final WriteTokens tokens = new WriteTokens(database.sink(), clock);
    private final String ada =
            people.register("cn1", "ada@example.com", null, "Ada", PASSWORD).consoleAccountId();
    private final String shop = workspaces.create(ada, "Shop").workspaceId();

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(TokenEnd.class)
    void theOldTokenEndsWhenItWasSaidToAndBothAreOfOneWorkspaceUntilThen(TokenEnd end) {
        Secret old = tokens.rotate(shop, ada, TokenEnd.AT_ONCE);
        Secret fresh = tokens.rotate(shop, ada, end);

        assertThat(tokens.workspace(old).isPresent()).isEqualTo(end != TokenEnd.AT_ONCE);
        clock.pass(end.after().minusSeconds(end == TokenEnd.AT_ONCE ? 0 : 1));
        assertThat(tokens.workspace(old).isPresent()).isEqualTo(end != TokenEnd.AT_ONCE);
        clock.pass(Duration.ofSeconds(1));
        assertThat(tokens.workspace(old)).isEmpty();
        assertThat(tokens.workspace(fresh)).contains(shop);
    }

    @Test
    void aTokenIsKeptAsItsHashOnly() {
        Secret token = tokens.rotate(shop, ada, TokenEnd.AT_ONCE);

        assertThat(token.value()).matches("tkn_[0-9a-f]{32}");
        assertThat(database.number("SELECT count(*) FROM write_token WHERE token_sha256 = encode(sha256('%s'), 'hex')"
                        .formatted(token.value())))
                .isEqualTo(1);
        assertThat(tokens.workspace(new Secret("tkn_00000000000000000000000000000000")))
                .isEmpty();
    }

    @Test
    void onlyAnAdministratorOrTheOwnerMakesTokens() {
        String bob =
                people.register("cn1", "bob@example.com", null, "Bob", PASSWORD).consoleAccountId();
        refused(Refusal.NOT_FOUND, () -> tokens.rotate(shop, bob, TokenEnd.AT_ONCE));
        workspaces.addMember(shop, ada, "bob@example.com", Role.MEMBER);

        refused(Refusal.NOT_ALLOWED, () -> tokens.rotate(shop, bob, TokenEnd.AT_ONCE));
    }
}
