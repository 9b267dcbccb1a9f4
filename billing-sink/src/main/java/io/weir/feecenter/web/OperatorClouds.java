package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.ledger.Decision;
import io.weir.feecenter.settlement.CloudAccount;
import io.weir.feecenter.settlement.CloudAccounts;
import io.weir.feecenter.settlement.CloudDecisions;
import io.weir.feecenter.settlement.CloudDecisions.Concerned;
import io.weir.feecenter.settlement.CloudDues;
import io.weir.feecenter.settlement.CloudStanding;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** One cloud account for the operator: for what it pays, what was decided, and what may be decided, each after a page that says what follows. */
final class OperatorClouds {

    private static final String PATH = "/operator/clouds/{cloud}";

    private final Pages pages;
    private final CloudAccounts clouds;
    private final CloudDues dues;
    private final CloudDecisions decisions;

    OperatorClouds(Pages pages, DataSource database, Jdbi jdbi, InstantSource clock) {
        this.pages = pages;
        this.clouds = new CloudAccounts(jdbi, clock);
        this.dues = new CloudDues(database);
        this.decisions = new CloudDecisions(jdbi, clock);
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::page)
                .get(PATH + "/unsubscribe", this::askToUnsubscribe)
                .post(
                        PATH + "/unsubscribe",
                        context -> pages.submit(context, () -> unsubscribe(context), this::askToUnsubscribe))
                .get(PATH + "/release", this::askToRelease)
                .post(PATH + "/release", context -> pages.submit(context, () -> release(context), this::askToRelease))
                .get(PATH + "/unlock", this::askToUnlock)
                .post(PATH + "/unlock", context -> pages.submit(context, () -> unlock(context), this::askToUnlock));
    }

    private void page(Context context) {
        CloudAccount cloud = cloud(context);
        pages.show(
                context,
                "operator-cloud",
                Map.of(
                        "standing", standing(cloud),
                        "paid", decisions.paidBy(cloud),
                        "locked", decisions.lockedBy(cloud),
                        "decisions", decisions.about(cloud)));
    }

    private void askToUnsubscribe(Context context) {
        CloudAccount cloud = cloud(context);
        pages.show(
                context,
                "operator-cloud-unsubscribe",
                Map.of("standing", standing(cloud), "paid", decisions.paidBy(cloud)));
    }

    private void askToRelease(Context context) {
        CloudAccount cloud = cloud(context);
        List<Concerned> paid = decisions.paidBy(cloud);
        pages.show(
                context,
                "operator-cloud-release",
                Map.of("standing", standing(cloud), "workspace", asked(context, paid), "others", paid.size() - 1));
    }

    private void askToUnlock(Context context) {
        CloudAccount cloud = cloud(context);
        Concerned workspace = asked(context, decisions.lockedBy(cloud));
        pages.show(context, "operator-cloud-unlock", Map.of("standing", standing(cloud), "workspace", workspace));
    }

    /** The workspace that the address or the form names, among those that there are. */
    private static Concerned asked(Context context, List<Concerned> workspaces) {
        String id = Objects.requireNonNullElse(context.queryParam("workspace"), Pages.typed(context, "workspace"));
        return workspaces.stream()
                .filter(workspace -> workspace.workspaceId().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundResponse("it does not pay for workspace [%s]".formatted(id)));
    }

    private String unsubscribe(Context context) {
        CloudAccount cloud = cloud(context);
        if (standing(cloud).endedAt() != null) {
            throw new InputRefused("operator-cloud.ended-before");
        }
        decisions.unsubscribe(cloud, decision(context));
        return page(cloud) + "?said=cloud-unsubscribed";
    }

    private String release(Context context) {
        CloudAccount cloud = cloud(context);
        Concerned workspace = asked(context, decisions.paidBy(cloud));
        decisions.release(cloud, workspace.workspaceId(), decision(context));
        return page(cloud) + "?said=cloud-released";
    }

    private String unlock(Context context) {
        CloudAccount cloud = cloud(context);
        Concerned workspace = asked(context, decisions.lockedBy(cloud));
        decisions.unlock(cloud, workspace.workspaceId(), decision(context));
        return page(cloud) + "?said=workspace-unlocked";
    }

    private static Decision decision(Context context) {
        String why = Pages.typed(context, "why");
        if (why.isEmpty()) {
            throw new InputRefused("operator-cloud.why-missing");
        }
        return new Decision("operator", why);
    }

    private static String page(CloudAccount cloud) {
        return "/operator/clouds/" + cloud.id();
    }

    private CloudStanding standing(CloudAccount cloud) {
        return dues.standings(cloud.accountId()).stream()
                .filter(standing -> standing.cloudAccountId() == cloud.id())
                .findFirst()
                .orElseThrow();
    }

    private CloudAccount cloud(Context context) {
        Visits.operator(context);
        String number = context.pathParam("cloud");
        if (!number.matches("[0-9]{1,18}")) {
            throw new NotFoundResponse("no cloud account has the number [%s]".formatted(number));
        }
        return clouds.find(Long.parseLong(number))
                .orElseThrow(() -> new NotFoundResponse("no cloud account has the number [%s]".formatted(number)));
    }
}
