package io.weir.feecenter.settlement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
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

    /** What one day came to in all workspaces. */
    public record OfDay(LocalDate day, BigDecimal amount) {}

    /**
     * What one workspace came to.
     *
     * @param name its id where it has none
     */
    public record OfWorkspace(String workspaceId, String name, BigDecimal amount) {}

    /**
     * All charges in two ways.
     *
     * @param days day by day; days without lines are left out
     * @param workspaces the largest amount first; also those for which the account pays no more
     */
    public record Sums(List<OfDay> days, List<OfWorkspace> workspaces) {

        /** What all of them come to. */
        public BigDecimal amount() {
            return days.stream().map(OfDay::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** By day or else by workspace. */
    private record Sum(
            @Nullable LocalDate day,
            @Nullable String workspaceId,
            @Nullable String name,
            BigDecimal amount) {

        Stream<OfDay> ofDay() {
            return day == null ? Stream.of() : Stream.of(new OfDay(day, amount));
        }

        Stream<OfWorkspace> ofWorkspace() {
            return workspaceId == null
                    ? Stream.of()
                    : Stream.of(new OfWorkspace(workspaceId, Objects.requireNonNullElse(name, workspaceId), amount));
        }
    }

    /** By day and by workspace, with one look at the lines. */
    public Sums sums() {
        List<Sum> sums = list(Sum.class, """
                SELECT day, workspace_id, workspace.name, sum.amount
                FROM (SELECT day, workspace_id, sum(amount) AS amount FROM bill_line AS line WHERE %s
                      GROUP BY GROUPING SETS ((day), (workspace_id))) AS sum LEFT JOIN workspace USING (workspace_id)
                ORDER BY day, sum.amount DESC, workspace_id
                """);
        return new Sums(
                sums.stream().flatMap(Sum::ofDay).toList(),
                sums.stream().flatMap(Sum::ofWorkspace).toList());
    }

    /** What the lines that are not settled yet come to. */
    public BigDecimal open() {
        return jdbi.withHandle(
                handle -> ask(handle, """
                        SELECT coalesce(sum(amount), 0) FROM open_line JOIN bill_line AS line USING (line_id) WHERE %s
                        """).mapTo(BigDecimal.class).one());
    }

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

    /**
     * For what was charged.
     *
     * @param workspaces by their names
     * @param items in the order of their names in the catalogue
     */
    public record Charged(List<NamedWorkspace> workspaces, List<String> items) {}

    /** A workspace or else an item. */
    private record Choice(
            @Nullable String workspaceId,
            @Nullable String name,
            @Nullable String site,
            @Nullable String item) {

        Stream<NamedWorkspace> workspace() {
            return workspaceId == null
                    ? Stream.of()
                    : Stream.of(new NamedWorkspace(workspaceId, Objects.requireNonNullElse(name, workspaceId), site));
        }
    }

    /** The workspaces and items that were charged, without their amounts: an index alone knows them. */
    public Charged charged() {
        List<Choice> choices = list(Choice.class, """
                SELECT workspace_id, workspace.name, workspace.site, item
                FROM (SELECT workspace_id, item FROM bill_line AS line WHERE %s
                      GROUP BY GROUPING SETS ((workspace_id), (item))) AS charged LEFT JOIN workspace USING (workspace_id)
                ORDER BY coalesce(workspace.name, workspace_id), workspace_id, item COLLATE "C"
                """);
        return new Charged(
                choices.stream().flatMap(Choice::workspace).toList(),
                choices.stream().map(Choice::item).flatMap(Stream::ofNullable).toList());
    }

    private <T> List<T> list(Class<T> row, String query) {
        return jdbi.withHandle(
                handle -> ask(handle, query).map(ConstructorMapper.of(row)).list());
    }

    private Query ask(Handle handle, String query) {
        return handle.createQuery(query.formatted(OF_DAYS))
                .bind("account", accountId)
                .bind("first", first)
                .bind("last", last);
    }
}
