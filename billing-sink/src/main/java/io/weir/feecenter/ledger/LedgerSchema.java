package io.weir.feecenter.ledger;

import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** The tables of the ledger: brought up to date by their owner, only checked by the sink. */
public final class LedgerSchema {

    private LedgerSchema() {}

    /**
     * Creates what is missing and grants the sink its rights.
     *
     * @param owner connects as the role that owns the tables
     * @param schema the database's schema in which the tables are; created if it is missing
     * @param sinkRole the role with which the sink connects; it must exist
     * @throws FlywayException if a migration fails; nothing of that migration stays
     */
    public static void migrate(DataSource owner, String schema, String sinkRole) {
        flyway(owner, schema, sinkRole).migrate();
    }

    /**
     * Makes sure that the tables are those this version was written for.
     *
     * @throws IllegalStateException if they are not; the message names what is missing or differs
     * @throws FlywayException if the database cannot be asked
     */
    public static void validate(DataSource sink, String schema, String sinkRole) {
        ValidateResult result = flyway(sink, schema, sinkRole).validateWithResult();
        if (!result.validationSuccessful) {
            String differences = result.invalidMigrations.stream()
                    .map(migration -> (migration.version + " " + migration.description).strip())
                    .collect(Collectors.joining(", "));
            throw new IllegalStateException(
                    "the tables of the ledger are not those of this version, they differ in [%s]: start once with the owner's"
                                    .formatted(differences)
                            + " user and password, so that they are migrated");
        }
    }

    private static Flyway flyway(DataSource source, String schema, String sinkRole) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(source)
                .schemas(schema)
                .locations("classpath:db/migration")
                .placeholders(Map.of("sink", sinkRole));
        // A lock of the session, not a transaction that idles while another one migrates: idle ones are ended.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration.load();
    }
}
