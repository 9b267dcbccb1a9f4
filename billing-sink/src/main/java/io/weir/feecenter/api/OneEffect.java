package io.weir.feecenter.api;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weir.feecenter.account.ApiToken;
import io.weir.feecenter.ledger.LedgerDatabase;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.commons.codec.digest.DigestUtils;
import org.jdbi.v3.core.Jdbi;

/**
 * Lets a request that changes something be repeated, under a key that the program chose: the change happens once, and the answer is the
 * first one again. A key belongs to the first request that came with it, for ever.
 *
 * <p>Three steps, each a transaction: the key is given to the request; the change is made under a reference that follows from account and
 * key, so that a repeat makes no second one; the answer, which tells what stands in the tables, is kept. After a crash between any two of
 * them a repeat goes on where the first one ended. What is refused is not kept: it changed nothing and may succeed later.
 */
final class OneEffect {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private final Jdbi jdbi;
    private final InstantSource clock;

    OneEffect(DataSource source, InstantSource clock) {
        this.jdbi = LedgerDatabase.jdbi(source);
        this.clock = clock;
    }

    /** The key of one account. */
    private record AccountKey(String account, String key) {

        /** What the change is known by, wherever it is made. */
        String reference() {
            return "api " + DigestUtils.sha256Hex(account + "\n" + key);
        }
    }

    /**
     * Makes a change once and answers 201 with what became of it.
     *
     * @param change makes it under a reference, or finds what was made under it; returns what is answered
     * @throws Refused 400 without a key, 422 if the key is that of another request
     */
    void answer(Context context, ApiToken caller, Function<String, Object> change) {
        AccountKey key = new AccountKey(caller.accountId(), key(context));
        claim(key, sha256(context));
        String body = kept(key).orElseGet(() -> keep(key, Json.text(change.apply(key.reference()))));
        context.status(HttpStatus.CREATED).contentType("application/json").result(body);
    }

    private static String key(Context context) {
        String key = Optional.ofNullable(context.header(HEADER))
                .orElseThrow(() -> new Refused(
                        HttpStatus.BAD_REQUEST,
                        "%s: missing; send a key of your own, the same with each repeat of this request"
                                .formatted(HEADER)));
        if (!KEY.matcher(key).matches()) {
            throw Refused.badValue(HEADER, key, "1 to 255 visible characters of ASCII");
        }
        return key;
    }

    private static String sha256(Context context) {
        return DigestUtils.sha256Hex(
                context.method() + " " + context.path() + "\n" + DigestUtils.sha256Hex(context.bodyAsBytes()));
    }

    private void claim(AccountKey key, String request) {
        String first = jdbi.withHandle(handle -> {
            handle.createUpdate("""
                            INSERT INTO api_request (account_id, idempotency_key, request_sha256, asked_at)
                            VALUES (:account, :key, :request, :now) ON CONFLICT DO NOTHING
                            """)
                    .bind("account", key.account())
                    .bind("key", key.key())
                    .bind("request", request)
                    .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .execute();
            return handle.createQuery("""
                            SELECT request_sha256 FROM api_request WHERE account_id = :account AND idempotency_key = :key
                            """)
                    .bind("account", key.account())
                    .bind("key", key.key())
                    .mapTo(String.class)
                    .one();
        });
        if (!first.equals(request)) {
            throw new Refused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "%s: [%s] came with another request before; take a new key".formatted(HEADER, key.key()));
        }
    }

    private Optional<String> kept(AccountKey key) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT body FROM api_answer WHERE account_id = :account AND idempotency_key = :key")
                .bind("account", key.account())
                .bind("key", key.key())
                .mapTo(String.class)
                .findOne());
    }

    /** The first of several at once is kept, and all answer it. */
    private String keep(AccountKey key, String body) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO api_answer (account_id, idempotency_key, body, answered_at)
                        VALUES (:account, :key, :body, :now) ON CONFLICT DO NOTHING
                        """)
                .bind("account", key.account())
                .bind("key", key.key())
                .bind("body", body)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
        return kept(key).orElseThrow();
    }
}
