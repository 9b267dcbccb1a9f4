package io.weir.feecenter.settlement;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What customers have to be told, written down in the transaction that is its reason. */
final class Notices {

    /** What is told. */
    enum Kind {
        CLOUD_ENDED,
        ARREARS_BEGAN,
        ARREARS_NEAR_END,
        LOCKED,
        UNLOCKED
    }

    private Notices() {}

    static void add(Handle handle, String accountId, @Nullable String workspaceId, Kind kind, Instant now) {
        handle.createUpdate("""
                        INSERT INTO settlement_notice (account_id, workspace_id, kind, noticed_at)
                        VALUES (:account, :workspace, :kind, :now)
                        """)
                .bind("account", accountId)
                .bind("workspace", workspaceId)
                .bind("kind", kind.name())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
