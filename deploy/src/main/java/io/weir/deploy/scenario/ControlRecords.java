package io.weir.deploy.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.PriceGroup;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import java.util.List;

/** The sites, workspaces, accounts and bindings of a scenario's JSON files as records of the control topic. */
final class ControlRecords {

    private ControlRecords() {}

    static List<ControlChange> sites(JsonNode sites) {
        return Json.each(sites, site -> {
            String id = Json.text(site, "site");
            PriceGroup group = PriceGroup.valueOf(Json.text(site, "group"));
            return change(id, new SiteChange(id, Json.text(site, "zone"), group, Json.text(site, "cloud")));
        });
    }

    /** The workspaces. Their tokens are secrets and stay in the file. */
    static List<ControlChange> workspaces(JsonNode workspaces) {
        return Json.each(workspaces, workspace -> {
            String id = Json.text(workspace, "workspace_id");
            return change(id, new WorkspaceChange(id, Json.text(workspace, "site")));
        });
    }

    /** The retention settings of all workspaces, those of one workspace in their order. */
    static List<ControlChange> retentions(JsonNode workspaces) {
        return Json.each(workspaces, ControlRecords::retentionsOf).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<ControlChange> retentionsOf(JsonNode workspace) {
        String id = Json.text(workspace, "workspace_id");
        return Json.each(
                Json.field(workspace, "retention"),
                setting -> change(
                        id,
                        new RetentionChange(
                                id,
                                Json.text(setting, "category"),
                                Json.text(setting, "resource"),
                                Math.toIntExact(Json.number(setting, "days")),
                                Json.instant(setting, "effective_from"))));
    }

    static List<ControlChange> accounts(JsonNode accounts) {
        return Json.each(accounts, account -> {
            String id = Json.text(account, "account_id");
            return change(id, new AccountChange(id, Json.text(account, "user_name"), Json.text(account, "currency")));
        });
    }

    static List<ControlChange> bindings(JsonNode bindings) {
        return Json.each(bindings, binding -> {
            String workspace = Json.text(binding, "workspace_id");
            return change(
                    workspace,
                    new BindingChange(
                            workspace,
                            Json.textOrNull(binding, "account_id"),
                            Json.instant(binding, "effective_from"),
                            Json.number(binding, "seq")));
        });
    }

    static ControlChange change(String key, Object change) {
        return new ControlChange(key, new ControlRecord(change));
    }
}
