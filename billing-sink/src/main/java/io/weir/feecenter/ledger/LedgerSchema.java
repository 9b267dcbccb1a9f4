package io.weir.feecenter.ledger;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of the ledger: brought up to date by their owner, only checked by the sink. */
public final class LedgerSchema {

    private LedgerSchema() {}

    /**
     * Creates what is missing and grants the sink its rights.
     *
     * @param owner connects as the role that owns the tables
     * @param sinkRole the role with which the sink connects; it must exist
     * @throws FlywayException if a migration fails; nothing of that migration stays
     */
    public static void migrate(DataSource owner, String sinkRole) {
        flyway(owner, sinkRole).migrate();
    }

    /**
     * Makes sure that the tables are those this version was written for.
     *
     * @throws FlywayException if they are not; the message names the migration that is missing or differs
     */
    public static void validate(DataSource sink, String sinkRole) {
        flyway(sink, sinkRole).validate();
    }

    private static Flyway flyway(DataSource source, String sinkRole) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(Map.of("sink", sinkRole))
                .load();
    }
}
