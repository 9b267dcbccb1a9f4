package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What an account is charged for some billing days, net of all corrections. Unlike {@link DetailQuery} it does not look at what paid, which takes
 * most of the time there.
 */
public final class ChargeSums {

    private static final String OF_DAYS = " line.account_id = :account AND line.day BETWEEN :first AND :last ";

    private final Jdbi jdbi;
    private final String accountId;
    private final LocalDate first;
    private final LocalDate last;

    /** The charges of this account from the first day to the last, in the ledger's database. */
    public ChargeSums(Jdbi jdbi, String accountId, LocalDate first, LocalDate last) {
        this.jdbi = jdbi;
        this.accountId = accountId;
        this.first = first;
        this.last = last;
    }

    /**
     * All of it.
     *
     * @param amount of all lines
     * @param open of those that are not settled yet
     */
    public record Total(BigDecimal amount, BigDecimal open) {}

    /** What one day came to in all workspaces. */
    public record OfDay(LocalDate day, BigDecimal amount) {}

    /**
     * What one workspace came to.
     *
     * @param name its id where it has none
     */
    public record OfWorkspace(String workspaceId, String name, BigDecimal amount) {}

    /**
     * A workspace that was charged.
     *
     * @param name its id where it has none
     * @param site null for a workspace that is known from lines only
     */
    public record NamedWorkspace(
            String workspaceId, String name, @Nullable String site) {

        /** The names of these workspaces by their ids. */
        public static Map<String, String> names(List<NamedWorkspace> workspaces) {
            return workspaces.stream().collect(Collectors.toMap(NamedWorkspace::workspaceId, NamedWorkspace::name));
        }
    }

    /** The sum of all lines. */
    public Total total() {
        return jdbi.withHandle(handle -> bind(handle.createQuery("SELECT coalesce(sum(line.amount), 0) AS amount,"
                        + " coalesce(sum(line.amount) FILTER (WHERE settled.line_id IS NULL), 0) AS open"
                        + " FROM bill_line AS line LEFT JOIN settled_line AS settled USING (line_id) WHERE" + OF_DAYS))
                .map(ConstructorMapper.of(Total.class))
                .one());
    }

    /** Day by day; days without lines are left out. */
    public List<OfDay> byDay() {
        return jdbi.withHandle(handle -> bind(handle.createQuery("SELECT line.day, sum(line.amount) AS amount"
                        + " FROM bill_line AS line WHERE" + OF_DAYS + "GROUP BY line.day ORDER BY line.day"))
                .map(ConstructorMapper.of(OfDay.class))
                .list());
    }

    /** Workspace by workspace, the largest amount first; also those for which the account pays no more. */
    public List<OfWorkspace> byWorkspace() {
        return jdbi.withHandle(handle -> bind(handle.createQuery("SELECT workspace_id,"
                        + " coalesce(workspace.name, workspace_id) AS name, sum.amount"
                        + " FROM (SELECT line.workspace_id, sum(line.amount) AS amount FROM bill_line AS line WHERE"
                        + OF_DAYS
                        + "GROUP BY line.workspace_id) AS sum LEFT JOIN workspace USING (workspace_id)"
                        + " ORDER BY sum.amount DESC, workspace_id"))
                .map(ConstructorMapper.of(OfWorkspace.class))
                .list());
    }

    /** The workspaces that were charged, by their names and without their amounts: an index alone knows them. */
    public List<NamedWorkspace> workspaces() {
        return jdbi.withHandle(handle -> bind(handle.createQuery("SELECT workspace_id,"
                        + " coalesce(workspace.name, workspace_id) AS name, workspace.site"
                        + " FROM (SELECT DISTINCT line.workspace_id FROM bill_line AS line WHERE" + OF_DAYS
                        + ") AS charged LEFT JOIN workspace USING (workspace_id) ORDER BY name, workspace_id"))
                .map(ConstructorMapper.of(NamedWorkspace.class))
                .list());
    }

    /** The items that were charged, in the order of their names in the catalogue. */
    public List<String> items() {
        return jdbi.withHandle(handle -> bind(handle.createQuery("SELECT item FROM (SELECT DISTINCT line.item"
                        + " FROM bill_line AS line WHERE" + OF_DAYS + ") AS charged ORDER BY item COLLATE \"C\""))
                .mapTo(String.class)
                .list());
    }

    private Query bind(Query query) {
        return query.bind("account", accountId).bind("first", first).bind("last", last);
    }
}
