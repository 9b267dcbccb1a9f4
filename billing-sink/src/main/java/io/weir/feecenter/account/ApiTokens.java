package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.statement.StatementContext;

/** The API tokens of fee-center accounts. A token has 256 random bits, so its SHA-256 says nothing about it. */
public final class ApiTokens {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("weir_[0-9a-f]{64}");

    private final Changes changes;
    private final InstantSource clock;

    /** The tokens in the database behind this source. */
    public ApiTokens(DataSource source, InstantSource clock) {
        this.changes = new Changes(source);
        this.clock = clock;
    }

    /**
     * Makes a token.
     *
     * @param name what it is for; names may repeat
     * @param scopes at least one
     * @return {@code weir_} and 64 hex digits; nobody can show it again
     * @throws AccountRefused {@link Refusal#NAME_INVALID}
     * @throws IllegalArgumentException without a scope
     */
    public Secret make(String accountId, String name, Set<ApiScope> scopes) {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a token without a scope opens nothing: name one");
        }
        String checkedName = Contact.name(name);
        String token = next();
        changes.make(handle -> handle.createUpdate("""
                        INSERT INTO api_token (token_sha256, account_id, name, scopes, made_at)
                        VALUES (:hash, :account, :name, :scopes, :now)
                        """)
                .bind("hash", DigestUtils.sha256Hex(token))
                .bind("account", accountId)
                .bind("name", checkedName)
                .bindArray(
                        "scopes",
                        String.class,
                        scopes.stream().map(ApiScope::word).sorted().toList())
                .bind("now", clock.instant())
                .execute());
        return new Secret(token);
    }

    private static String next() {
        byte[] bits = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bits);
        return "weir_" + HexFormat.of().formatHex(bits);
    }

    /** The token that says this and is not revoked. */
    public Optional<ApiToken> find(Secret token) {
        if (!FORM.matcher(token.value()).matches()) {
            return Optional.empty();
        }
        return changes.read(handle -> handle.createQuery(
                        "SELECT * FROM api_token WHERE token_sha256 = :hash AND revoked_at IS NULL")
                .bind("hash", DigestUtils.sha256Hex(token.value()))
                .map(ApiTokens::token)
                .findOne());
    }

    /** The tokens of an account, the newest first; those that are revoked stay in sight. */
    public List<ApiToken> of(String accountId) {
        return changes.read(handle -> handle.createQuery(
                        "SELECT * FROM api_token WHERE account_id = :account ORDER BY token_id DESC")
                .bind("account", accountId)
                .map(ApiTokens::token)
                .list());
    }

    /**
     * Lets a token open nothing from now on; one that is revoked already stays so.
     *
     * @throws AccountRefused {@link Refusal#NOT_FOUND} if the account has no such token
     */
    public void revoke(String accountId, long tokenId) {
        int found = changes.make(handle -> handle.createUpdate("""
                        UPDATE api_token SET revoked_at = coalesce(revoked_at, :now)
                        WHERE account_id = :account AND token_id = :token
                        """)
                .bind("now", clock.instant())
                .bind("account", accountId)
                .bind("token", tokenId)
                .execute());
        if (found == 0) {
            throw new AccountRefused(Refusal.NOT_FOUND, "account %s has no API token %d".formatted(accountId, tokenId));
        }
    }

    private static ApiToken token(ResultSet row, StatementContext context) throws SQLException {
        OffsetDateTime revoked = row.getObject("revoked_at", OffsetDateTime.class);
        return new ApiToken(
                row.getLong("token_id"),
                row.getString("account_id"),
                row.getString("name"),
                scopes((String[]) row.getArray("scopes").getArray()),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                revoked == null ? null : revoked.toInstant());
    }

    private static Set<ApiScope> scopes(String[] words) {
        return Arrays.stream(words)
                .map(word -> ApiScope.of(word).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }
}
