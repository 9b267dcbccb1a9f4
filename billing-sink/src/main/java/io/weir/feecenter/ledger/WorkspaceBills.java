package io.weir.feecenter.ledger;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What one workspace has cost, net of all corrections, as far as its lines stand in the ledger. */
public final class WorkspaceBills {

    /** The accounts lead to the lines by an index; a workspace alone does not. */
    private static final String LINES = """
            FROM bill_line WHERE account_id = ANY (:accounts) AND workspace_id = :workspace AND day BETWEEN :first AND :last
            """;

    private final Jdbi jdbi;

    /** Asks the ledger behind this source, with any role that may read it. */
    public WorkspaceBills(DataSource source) {
        jdbi = LedgerDatabase.jdbi(source);
    }

    /**
     * What a workspace has cost on one day.
     *
     * @param amount in {@code currency}
     */
    public record DayCost(LocalDate day, String currency, BigDecimal amount) {}

    /**
     * What a workspace has cost for one item.
     *
     * @param quantity base units of the item
     * @param amount in {@code currency}
     */
    public record ItemCost(String item, BigDecimal quantity, String currency, BigDecimal amount) {}

    /**
     * What a workspace has cost by day, the first day first.
     *
     * @param accountIds all accounts that paid for it in that time
     * @param last as far as this day, with it
     */
    public List<DayCost> byDay(String workspaceId, Set<String> accountIds, LocalDate first, LocalDate last) {
        String query = "SELECT day, currency, sum(amount) AS amount " + LINES + " GROUP BY day, currency ORDER BY day";
        return ask(DayCost.class, query, workspaceId, accountIds, first, last);
    }

    /**
     * What a workspace has cost by item, the dearest first.
     *
     * @param accountIds all accounts that paid for it in that time
     * @param last as far as this day, with it
     */
    public List<ItemCost> byItem(String workspaceId, Set<String> accountIds, LocalDate first, LocalDate last) {
        String query = "SELECT item, currency, sum(quantity) AS quantity, sum(amount) AS amount " + LINES
                + " GROUP BY item, currency ORDER BY sum(amount) DESC, item COLLATE \"C\"";
        return ask(ItemCost.class, query, workspaceId, accountIds, first, last);
    }

    private <T> List<T> ask(
            Class<T> row, String query, String workspaceId, Set<String> accountIds, LocalDate first, LocalDate last) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bindArray("accounts", String.class, accountIds)
                .bind("workspace", workspaceId)
                .bind("first", first)
                .bind("last", last)
                .map(ConstructorMapper.of(row))
                .list());
    }
}
