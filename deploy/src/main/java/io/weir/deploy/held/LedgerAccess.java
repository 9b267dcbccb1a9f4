package io.weir.deploy.held;

import com.zaxxer.hikari.HikariDataSource;
import io.weir.deploy.console.Failure;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.feecenter.ledger.BillLineConsumer;
import io.weir.feecenter.ledger.DatabaseTrouble;
import io.weir.feecenter.ledger.DecisionRefused;
import io.weir.feecenter.ledger.HeldBackLines;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.wire.AvroDeserializer;
import io.weir.wire.SchemaRegistryUnavailable;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/**
 * The way to the held-back lines of a fee center.
 *
 * @param config its settings
 */
record LedgerAccess(FeeCenterConfig config) {

    /** Reads with the sink's role, which may change nothing of what is decided. */
    <T> T read(Function<HeldBackLines, T> question) {
        return with(config.database(), question);
    }

    /** Decides with the role of the tables' owner. */
    <T> T decide(Function<HeldBackLines, T> decision) {
        Login owner = config.owner()
                .orElseThrow(
                        () -> new Failure("weir.database.owner.user is missing in the settings: only the owner of the"
                                + " ledger's tables may decide. Set it, and its password, or the variables WEIR_DATABASE_OWNER_USER"
                                + " and WEIR_DATABASE_OWNER_PASSWORD."));
        return with(owner, decision);
    }

    private <T> T with(Login login, Function<HeldBackLines, T> work) {
        try (HikariDataSource pool = LedgerDatabase.pool(login.url(), login.user(), login.password())) {
            return work.apply(new HeldBackLines(
                    pool,
                    BillLineConsumer.decoder(config.billLines(), AvroDeserializer.class.getName(), config.kafka())));
        } catch (DecisionRefused refused) {
            throw new Failure("Nothing was changed: " + refused.getMessage(), refused);
        } catch (SchemaRegistryUnavailable away) {
            throw new Failure("Nothing was changed: the schema registry is away: " + away.getMessage(), away);
        } catch (JdbiException trouble) {
            throw new Failure(
                    "The ledger at %s, as %s: %s. Look at weir held list before you try again."
                            .formatted(login.url(), login.user(), DatabaseTrouble.describe(trouble)),
                    trouble);
        }
    }
}
