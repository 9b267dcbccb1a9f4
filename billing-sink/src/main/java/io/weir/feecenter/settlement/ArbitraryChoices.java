package io.weir.feecenter.settlement;

import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;

/** Who may settle with the clouds of all sites: the account manager gives it to a member, and takes it (fee-center-rules.md §4). */
public final class ArbitraryChoices {

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Over the ledger's database. */
    public ArbitraryChoices(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Gives the choice to a console account; one that has it keeps it.
     *
     * @throws org.jdbi.v3.core.JdbiException if there is no such console account
     */
    public void give(String consoleAccountId) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO arbitrary_choice (console_account_id, given_at) VALUES (:person, :now) ON CONFLICT DO NOTHING
                        """)
                .bind("person", consoleAccountId)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** Takes the choice from a console account. What its workspaces are settled with stays. */
    public void take(String consoleAccountId) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM arbitrary_choice WHERE console_account_id = :person")
                .bind("person", consoleAccountId)
                .execute());
    }

    /** Whether a console account has the choice now. */
    public boolean has(String consoleAccountId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT FROM arbitrary_choice WHERE console_account_id = :person)")
                .bind("person", consoleAccountId)
                .mapTo(Boolean.class)
                .one());
    }
}
