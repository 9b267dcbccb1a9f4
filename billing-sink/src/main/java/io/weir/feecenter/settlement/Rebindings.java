package io.weir.feecenter.settlement;

import io.weir.feecenter.account.Binding;
import io.weir.feecenter.account.Bindings;
import java.time.InstantSource;
import java.util.Locale;

/** Another account pays for a workspace, which also opens one whose cloud account had ended (fee-center-rules.md §5). */
public final class Rebindings {

    private final Bindings bindings;
    private final InstantSource clock;

    /** Adds the end of locks to these bindings. */
    public Rebindings(Bindings bindings, InstantSource clock) {
        this.bindings = bindings;
        this.clock = clock;
    }

    /**
     * Has another account pay, and unlocks the workspace, both or neither.
     *
     * @throws io.weir.feecenter.account.AccountRefused as {@link Bindings#rebind}
     */
    public Binding rebind(String workspaceId, String by, String userName, Locale language) {
        return bindings.rebind(workspaceId, by, userName, language, (handle, binding) -> {
            CloudAccounts.holdChosen(handle, workspaceId);
            WorkspaceLocks.end(handle, workspaceId, clock.instant());
        });
    }
}
