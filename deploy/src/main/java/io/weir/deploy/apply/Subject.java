package io.weir.deploy.apply;

import io.weir.billing.AccountChange;
import io.weir.billing.BindingChange;
import io.weir.billing.CatalogueChange;
import io.weir.billing.ControlRecord;
import io.weir.billing.RetentionChange;
import io.weir.billing.SiteChange;
import io.weir.billing.WorkspaceChange;
import java.util.Objects;

/**
 * What a control record is about: of several records with one subject the last one says how it is now.
 *
 * @param kind one word, e.g. {@code binding}
 * @param id names it among those of its kind
 */
record Subject(String kind, String id) {

    static final String RETENTION = "retention";

    /** What this record is about. Retention settings are about one category of one resource. */
    static Subject of(ControlRecord record) {
        Object change = record.getChange();
        if (change instanceof SiteChange site) {
            return new Subject("site", site.getSite());
        } else if (change instanceof WorkspaceChange workspace) {
            return new Subject("workspace", workspace.getWorkspaceId());
        } else if (change instanceof RetentionChange setting) {
            return new Subject(RETENTION, retention(setting));
        } else if (change instanceof AccountChange account) {
            return new Subject("account", account.getAccountId());
        } else if (change instanceof BindingChange binding) {
            return new Subject("binding", binding.getWorkspaceId() + " seq " + binding.getSeq());
        } else if (change instanceof CatalogueChange catalogue) {
            return new Subject(
                    "catalogue", "from " + Objects.requireNonNullElse(catalogue.getEffectiveFrom(), "the first day"));
        }
        return new Subject("price book", ""); // there is one
    }

    private static String retention(RetentionChange setting) {
        String resource = setting.getResource();
        return setting.getWorkspaceId() + " " + setting.getCategory() + (resource.isEmpty() ? "" : " of " + resource);
    }

    /** Whether records about this stand in the order in which they were recorded, one beside another. */
    boolean isHistory() {
        return kind.equals(RETENTION);
    }

    @Override
    public String toString() {
        return (kind + " " + id).strip();
    }
}
