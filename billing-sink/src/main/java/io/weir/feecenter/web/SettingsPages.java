package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.AdministratorRequests;
import io.weir.feecenter.account.Handover;
import io.weir.feecenter.account.MemberRoles;
import io.weir.feecenter.account.Membership;
import io.weir.feecenter.account.Retentions;
import io.weir.feecenter.account.Role;
import io.weir.feecenter.account.TokenEnd;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.account.WriteTokens;
import io.weir.wire.Secret;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is in a workspace, what its collectors write with, and for how long its data is kept. */
final class SettingsPages {

    private static final String PATH = "/workspaces/{id}/settings";

    /** A category and days, as the form offers them. */
    private static final Pattern KEPT = Pattern.compile("(?<category>\\S+) (?<days>[0-9]{1,5})");

    private final Pages pages;
    private final Workspaces workspaces;
    private final MemberRoles roles;
    private final Handover handover;
    private final AdministratorRequests requests;
    private final WriteTokens tokens;
    private final Retentions retentions;
    private final Sites sites;

    SettingsPages(
            Pages pages,
            Workspaces workspaces,
            MemberRoles roles,
            Handover handover,
            AdministratorRequests requests,
            WriteTokens tokens,
            Retentions retentions,
            Sites sites) {
        this.pages = pages;
        this.workspaces = workspaces;
        this.roles = roles;
        this.handover = handover;
        this.requests = requests;
        this.tokens = tokens;
        this.retentions = retentions;
        this.sites = sites;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.get(PATH, this::page)
                .post(PATH + "/members", context -> pages.submit(context, () -> addMember(context), this::page))
                .post(PATH + "/members/role", context -> pages.submit(context, () -> giveRole(context), this::page))
                .post(PATH + "/members/withdraw", context -> pages.submit(context, () -> withdraw(context), this::page))
                .post(PATH + "/members/remove", context -> pages.submit(context, () -> remove(context), this::page))
                .post(PATH + "/owner", context -> pages.submit(context, () -> handOver(context), this::page))
                .post(PATH + "/token", context -> pages.answer(context, () -> rotate(context), this::page))
                .post(PATH + "/retention", context -> pages.submit(context, () -> keep(context), this::page));
    }

    private void page(Context context) {
        Membership membership = WorkspacePages.enter(context, workspaces, Role.ADMINISTRATOR);
        String workspace = membership.workspace().workspaceId();
        String person = Visits.personId(context);
        pages.show(
                context,
                "settings",
                Map.of(
                        "membership", membership,
                        "members", workspaces.members(workspace, person),
                        "requests", requests.of(workspace),
                        "tokens", tokens.working(workspace, person),
                        "retentions", retentions.history(workspace),
                        "offered", sites.retentions(membership.workspace().site())));
    }

    private String addMember(Context context) {
        Role asked = Pages.oneOf(Role.class, context, "role");
        Role granted = workspaces.addMember(
                context.pathParam("id"), Visits.personId(context), Pages.typed(context, "email"), asked);
        return path(context) + (granted == asked ? "?said=member-added" : "?said=administrator-asked");
    }

    private String giveRole(Context context) {
        Role asked = Pages.oneOf(Role.class, context, "role");
        Role granted =
                roles.give(context.pathParam("id"), Visits.personId(context), Pages.typed(context, "member"), asked);
        return path(context) + (granted == asked ? "?said=role-given" : "?said=administrator-asked");
    }

    private String withdraw(Context context) {
        requests.withdraw(context.pathParam("id"), Visits.personId(context), Pages.typed(context, "member"));
        return path(context) + "?said=request-withdrawn";
    }

    private String remove(Context context) {
        roles.remove(context.pathParam("id"), Visits.personId(context), Pages.typed(context, "member"));
        return path(context) + "?said=member-removed";
    }

    private String handOver(Context context) {
        handover.handOver(context.pathParam("id"), Visits.personId(context), Pages.typed(context, "member"));
        return path(context) + "?said=handed-over";
    }

    /** The token is in the answer and nowhere else: not in an address, not in the database. */
    private void rotate(Context context) {
        TokenEnd end = Pages.oneOf(TokenEnd.class, context, "end");
        Secret token = tokens.rotate(context.pathParam("id"), Visits.personId(context), end);
        Membership membership = WorkspacePages.enter(context, workspaces, Role.ADMINISTRATOR);
        pages.show(context, "write-token", Map.of("membership", membership, "token", token.value()));
    }

    private String keep(Context context) {
        Matcher chosen = KEPT.matcher(Pages.typed(context, "keep"));
        if (!chosen.matches()) {
            throw new InputRefused("Refusal.RETENTION_INVALID");
        }
        retentions.set(
                context.pathParam("id"),
                Visits.personId(context),
                chosen.group("category"),
                Pages.typed(context, "resource"),
                Integer.parseInt(chosen.group("days")));
        return path(context) + "?said=retention-set";
    }

    private static String path(Context context) {
        return "/workspaces/%s/settings".formatted(context.pathParam("id"));
    }
}
