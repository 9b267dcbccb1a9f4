package io.weir.deploy.generate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is there: the control records of a scenario, in the words of its JSON files (rules.md §9).
 *
 * @param sites where workspaces live
 * @param workspaces where traffic arises
 * @param accounts who pays
 * @param bindings who pays for what, in order of recording
 */
public record World(List<Site> sites, List<Workspace> workspaces, List<Account> accounts, List<Binding> bindings) {

    /** Defensive copies. */
    public World {
        sites = List.copyOf(sites);
        workspaces = List.copyOf(workspaces);
        accounts = List.copyOf(accounts);
        bindings = List.copyOf(bindings);
    }

    /** A region: its IANA time zone, its price group and its cloud. */
    public record Site(String site, String zone, String group, String cloud) {}

    /** Where traffic arises: for ever on one site. */
    public record Workspace(String workspaceId, String site, List<String> tokens, List<Retention> retention) {}

    /** How many days data of a category is kept from an instant on; of one resource, or of all if it is empty. */
    public record Retention(String category, String resource, int days, Instant effectiveFrom) {}

    /** Who pays, in one currency. */
    public record Account(String accountId, String userName, String currency) {}

    /** From an instant on this account pays for this workspace, or nobody does. */
    public record Binding(String workspaceId, @Nullable String accountId, Instant effectiveFrom, long seq) {}
}
