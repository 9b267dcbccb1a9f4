package io.weir.deploy.scenario;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.PriceGroup;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import java.util.ArrayList;
import java.util.List;

/** The sites, workspaces, accounts and bindings of JSON files as records of the control topic. */
final class ControlRecords {

    private ControlRecords() {}

    static ControlEntry site(Part site) {
        String id = site.text("site");
        PriceGroup group = site.oneOf(PriceGroup.class, "group");
        return entry(site, id, new SiteChange(id, site.text("zone"), group, site.text("cloud")));
    }

    /** A workspace and its retention settings in their order. Its tokens are secrets and stay in the file. */
    static List<ControlEntry> workspace(Part workspace) {
        workspace.passOver("tokens");
        String id = workspace.text("workspace_id");
        List<ControlEntry> entries = new ArrayList<>();
        entries.add(entry(workspace, id, new WorkspaceChange(id, workspace.text("site"))));
        entries.addAll(workspace.each("retention", setting -> retention(id, setting)));
        return entries;
    }

    private static ControlEntry retention(String workspaceId, Part setting) {
        return entry(
                setting,
                workspaceId,
                new RetentionChange(
                        workspaceId,
                        setting.text("category"),
                        setting.text("resource"),
                        setting.smallNumber("days"),
                        setting.instant("effective_from")));
    }

    static ControlEntry account(Part account) {
        String id = account.text("account_id");
        return entry(account, id, new AccountChange(id, account.text("user_name"), account.text("currency")));
    }

    static ControlEntry binding(Part binding) {
        String workspace = binding.text("workspace_id");
        return entry(
                binding,
                workspace,
                new BindingChange(
                        workspace,
                        binding.textOrNull("account_id"),
                        binding.instant("effective_from"),
                        binding.number("seq")));
    }

    static ControlEntry entry(Part part, String key, Object change) {
        return new ControlEntry(part.place(), new ControlChange(key, new ControlRecord(change)));
    }
}
