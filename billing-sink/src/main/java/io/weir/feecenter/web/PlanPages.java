package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Plan;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.Workspace;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.settlement.SettlementMethods;
import io.weir.feecenter.settlement.WorkspaceLocks;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The plan of a workspace, who pays for it and how, and what it has cost. Only who may know of money sees the latter. */
final class PlanPages {

    private final Pages pages;
    private final Workspaces workspaces;
    private final NamedBindings namedBindings;
    private final MonthsOfBills bills;
    private final SettlementMethods methods;
    private final WorkspaceLocks locks;
    private final Sites sites;
    private final InstantSource clock;

    PlanPages(
            Pages pages,
            Workspaces workspaces,
            NamedBindings namedBindings,
            MonthsOfBills bills,
            SettlementMethods methods,
            WorkspaceLocks locks,
            Sites sites,
            InstantSource clock) {
        this.pages = pages;
        this.workspaces = workspaces;
        this.namedBindings = namedBindings;
        this.bills = bills;
        this.methods = methods;
        this.locks = locks;
        this.sites = sites;
        this.clock = clock;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/workspaces/{id}", this::page);
    }

    private void page(Context context) {
        Membership membership = WorkspacePages.enter(context, workspaces, Role.MEMBER);
        Map<String, Object> matter = new HashMap<>(Map.of("membership", membership));
        Workspace workspace = membership.workspace();
        if (membership.role().isAtLeast(Role.ADMINISTRATOR) && workspace.plan() == Plan.COMMERCIAL) {
            matter.put("costs", costs(workspace, month(context)));
        }
        pages.show(context, "workspace", matter);
    }

    private WorkspaceCosts costs(Workspace workspace, Optional<YearMonth> month) {
        String id = workspace.workspaceId();
        LocalDate today = today(workspace);
        YearMonth present = YearMonth.from(today);
        YearMonth shown = month.filter(asked -> asked.isBefore(present)).orElse(present);
        return new WorkspaceCosts(
                namedBindings.history(id), methods.now(id), locks.lockedFrom(id), bills.of(id, shown, today));
    }

    /** A site that the control log does not know has no usage either, so that its days do not matter yet. */
    private LocalDate today(Workspace workspace) {
        ZoneId zone = sites.zone(workspace.site()).orElse(ZoneOffset.UTC);
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private static Optional<YearMonth> month(Context context) {
        try {
            return Optional.of(YearMonth.parse(Objects.requireNonNullElse(context.queryParam("month"), "")));
        } catch (DateTimeParseException noMonth) {
            return Optional.empty();
        }
    }
}
