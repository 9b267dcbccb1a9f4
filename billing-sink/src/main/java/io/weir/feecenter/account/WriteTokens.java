package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The write tokens of workspaces. A token has 128 random bits, so its SHA-256 says nothing about it. */
public final class WriteTokens {

    private final Changes changes;
    private final InstantSource clock;

    /** The tokens in the database behind this source. */
    public WriteTokens(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
    }

    /**
     * Makes a token, the first one or one in the place of another. One that was to end already ends when it was to end.
     *
     * @param by an administrator or the owner
     * @param end when the present token ends
     * @return {@code tkn_} and 32 hex digits; nobody can show it again
     * @throws AccountRefused if the role of {@code by} does not allow it
     */
    public Secret rotate(String workspaceId, String by, TokenEnd end) {
        String token = Ids.next("tkn_");
        Instant now = clock.instant();
        changes.make(handle -> {
            Workspaces.require(handle, workspaceId, by, Role.ADMINISTRATOR);
            Changes.oneAtATime(handle, "write token of " + workspaceId);
            endPresent(handle, workspaceId, now.plus(end.after()));
            return insert(handle, token, workspaceId, by, now);
        });
        return new Secret(token);
    }

    private static void endPresent(Handle handle, String workspaceId, Instant end) {
        handle.createUpdate("UPDATE write_token SET ends_at = :end WHERE workspace_id = :workspace AND ends_at IS NULL")
                .bind("end", end)
                .bind("workspace", workspaceId)
                .execute();
    }

    private static int insert(Handle handle, String token, String workspaceId, String by, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO write_token (token_sha256, workspace_id, made_by, made_at)
                        VALUES (:hash, :workspace, :by, :now)
                        """)
                .bind("hash", DigestUtils.sha256Hex(token))
                .bind("workspace", workspaceId)
                .bind("by", by)
                .bind("now", now)
                .execute();
    }

    /**
     * The tokens that work now, the newest first.
     *
     * @param by an administrator or the owner
     * @throws AccountRefused if the role of {@code by} does not allow it
     */
    public List<WriteToken> working(String workspaceId, String by) {
        return changes.read(handle -> {
            Workspaces.require(handle, workspaceId, by, Role.ADMINISTRATOR);
            return handle.createQuery("""
                            SELECT email AS made_by, made_at, ends_at
                            FROM write_token JOIN console_account ON console_account_id = made_by
                            WHERE workspace_id = :workspace AND (ends_at IS NULL OR ends_at > :now)
                            ORDER BY ends_at DESC NULLS FIRST
                            """)
                    .bind("workspace", workspaceId)
                    .bind("now", clock.instant())
                    .map(ConstructorMapper.of(WriteToken.class))
                    .list();
        });
    }

    /** The workspace into which this token writes now; nothing, if it is unknown or has ended. */
    public Optional<String> workspace(Secret token) {
        return changes.read(handle -> handle.createQuery("""
                        SELECT workspace_id FROM write_token
                        WHERE token_sha256 = :hash AND (ends_at IS NULL OR ends_at > :now)
                        """)
                .bind("hash", DigestUtils.sha256Hex(token.value()))
                .bind("now", clock.instant())
                .mapTo(String.class)
                .findOne());
    }
}
