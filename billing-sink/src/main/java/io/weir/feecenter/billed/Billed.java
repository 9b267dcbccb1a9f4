package io.weir.feecenter.billed;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The sum of all posted lines of an item on a site.
 *
 * @param currency of the accounts that pay
 * @param site where the workspaces live; {@value #UNKNOWN} while the control log does not say
 * @param item the item's name
 * @param amount in {@code currency}
 * @param quantity base units of the item
 */
public record Billed(String currency, String site, String item, BigDecimal amount, BigDecimal quantity) {

    /** What is said in place of a site or a unit that is not known. */
    static final String UNKNOWN = "unknown";

    /** One pass over the lines: the workspaces come as a group, so that the database knows them to be unique and hashes them. */
    private static final String SUMS = """
            SELECT currency, coalesce(place.site, :unknown) AS site, item, sum(amount) AS amount, sum(quantity) AS quantity
            FROM bill_line LEFT JOIN (
                SELECT workspace_id, min(site) AS site
                FROM unnest(:workspaces, :sites) AS known (workspace_id, site) GROUP BY workspace_id) AS place
                USING (workspace_id)
            GROUP BY 1, 2, 3
            """;

    /**
     * Asks the ledger.
     *
     * @param siteByWorkspace where workspaces live
     */
    static List<Billed> in(DataSource ledger, Map<String, String> siteByWorkspace) {
        Jdbi jdbi = LedgerDatabase.jdbi(ledger);
        List<String> workspaces = List.copyOf(siteByWorkspace.keySet());
        List<String> sites = workspaces.stream().map(siteByWorkspace::get).toList();
        return jdbi.withHandle(handle -> handle.registerRowMapper(ConstructorMapper.factory(Billed.class))
                .createQuery(SUMS)
                .bind("unknown", UNKNOWN)
                .bindArray("workspaces", String.class, workspaces)
                .bindArray("sites", String.class, sites)
                .mapTo(Billed.class)
                .list());
    }
}
