package io.weir.feecenter.settlement;

import io.weir.feecenter.account.AccountMail;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What customers have to be told, written down with its mail in the transaction that is its reason. */
final class Notices {

    /** What is told. */
    enum Kind {
        CLOUD_ENDED,
        CLOUD_RELEASED,
        WORKSPACE_NEAR_LOCK,
        WORKSPACE_LOCKED,
        WORKSPACE_UNLOCKED,
        ARREARS_BEGAN,
        ARREARS_NEAR_END,
        LOCKED,
        UNLOCKED
    }

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
        mail(handle, accountId, workspaceId, kind, now);
    }

    private static void mail(Handle handle, String accountId, @Nullable String workspaceId, Kind kind, Instant now) {
        Standing standing = standing(handle, accountId, workspaceId);
        String text =
                kind == Kind.CLOUD_ENDED && standing.workspaceLock().isPresent() ? "CLOUD_ENDED_GRACE" : kind.name();
        AccountMail.toHolder(
                handle,
                now,
                accountId,
                "notice." + text,
                standing.owed(),
                standing.arrearsEnd().map(MINUTE::format).orElse(""),
                standing.workspace(),
                standing.workspaceLock().map(MINUTE::format).orElse(""));
    }

    /**
     * How things stand when the notice is given.
     *
     * @param owed amount and currency
     * @param workspace name and id; empty if it is about all workspaces
     * @param workspaceLock from when on the workspace is locked because its cloud account ended
     */
    private record Standing(
            String owed, Optional<Instant> arrearsEnd, String workspace, Optional<Instant> workspaceLock) {}

    private static Standing standing(Handle handle, String accountId, @Nullable String workspaceId) {
        return handle.createQuery("""
                        SELECT wallet.currency, arrears_since, coalesce(-debt.balance, 0) AS owed,
                            coalesce((SELECT name || ' (' || workspace_id || ')' FROM workspace WHERE workspace_id = :workspace),
                                :workspace, '') AS workspace,
                            (SELECT locked_at FROM workspace_lock
                             WHERE workspace_id = :workspace AND unlocked_at IS NULL) AS locked_at
                        FROM wallet LEFT JOIN purse AS debt ON debt.account_id = wallet.account_id AND debt.kind = 'DEBT'
                        WHERE wallet.account_id = :account
                        """)
                .bind("account", accountId)
                .bindByType("workspace", workspaceId, String.class)
                .map((row, context) -> new Standing(
                        Amounts.text(row.getBigDecimal("owed"), row.getString("currency")),
                        Optional.ofNullable(OpenWallet.instant(row, "arrears_since"))
                                .map(since -> since.plus(Arrears.GRACE)),
                        row.getString("workspace"),
                        Optional.ofNullable(OpenWallet.instant(row, "locked_at"))))
                .one();
    }
}
