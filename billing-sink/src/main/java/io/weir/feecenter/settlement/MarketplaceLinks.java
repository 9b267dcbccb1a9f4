package io.weir.feecenter.settlement;

import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.account.Ids;
import io.weir.feecenter.account.Refusal;
import io.weir.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Links by which customers of a cloud's marketplace come here (fee-center-rules.md §4). A link has 128 random bits, so nobody guesses one
 * and its SHA-256 says nothing about it.
 */
public final class MarketplaceLinks {

    /** For so long a link opens something. */
    public static final Duration VALID = Duration.ofDays(7);

    private static final int SHOWN = 200;

    private static final String LINKS = """
            SELECT link_id, method, customer_identifier, site, made_at, expires_at, workspace_id
            FROM marketplace_link LEFT JOIN marketplace_sign_up USING (link_id)
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /**
     * Over the ledger's database.
     *
     * @param clock people's time, by which links expire
     */
    public MarketplaceLinks(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Makes a link.
     *
     * @param cloud whose marketplace it is; not the fee center
     * @param customer the customer's account there
     * @param site where the workspace will live
     * @param by who makes it
     * @return {@code mkt_} and 32 hex digits, the end of the link; nobody can show it again
     * @throws AccountRefused {@link Refusal#CUSTOMER_INVALID}
     */
    public Secret make(SettlementMethod cloud, String customer, String site, String by) {
        if (!CloudAccounts.isCustomer(customer)) {
            throw new AccountRefused(Refusal.CUSTOMER_INVALID, "[%s] is no id of a cloud account".formatted(customer));
        }
        String token = Ids.next("mkt_");
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO marketplace_link
                            (token_sha256, method, customer_identifier, site, made_by, made_at, expires_at)
                        VALUES (:hash, :method, :customer, :site, :by, :now, :expires)
                        """)
                .bind("hash", DigestUtils.sha256Hex(token))
                .bind("method", cloud.name())
                .bind("customer", customer)
                .bind("site", site)
                .bind("by", by)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("expires", now.plus(VALID).atOffset(ZoneOffset.UTC))
                .execute());
        return new Secret(token);
    }

    /** The link with this end, if somebody may still sign up with it. */
    public Optional<MarketplaceLink> open(Secret token) {
        return jdbi.withHandle(handle -> handle.createQuery(LINKS + " WHERE token_sha256 = :hash")
                        .bind("hash", DigestUtils.sha256Hex(token.value()))
                        .map(ConstructorMapper.of(MarketplaceLink.class))
                        .findOne())
                .filter(link -> link.isOpen(clock.instant()));
    }

    /** The newest links, 200 at most, also those that have ended. */
    public List<MarketplaceLink> newest() {
        return jdbi.withHandle(handle -> handle.createQuery(LINKS + " ORDER BY link_id DESC LIMIT :shown")
                .bind("shown", SHOWN)
                .map(ConstructorMapper.of(MarketplaceLink.class))
                .list());
    }

    /**
     * Uses a link up for a workspace, in the transaction that makes it; waits for whoever uses the same link at the same time.
     *
     * @throws AccountRefused {@link Refusal#LINK_ENDED} if they were first
     */
    void use(Handle handle, MarketplaceLink link, String workspaceId) {
        int used = handle.createUpdate("""
                        INSERT INTO marketplace_sign_up (link_id, workspace_id, signed_up_at) VALUES (:link, :workspace, :now)
                        ON CONFLICT (link_id) DO NOTHING
                        """)
                .bind("link", link.linkId())
                .bind("workspace", workspaceId)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
        if (used == 0) {
            throw new AccountRefused(Refusal.LINK_ENDED, "link %d was used".formatted(link.linkId()));
        }
    }
}
