package io.weir.feecenter.settlement;

import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Which movements of a wallet are asked for.
 *
 * @param kind why money moved; null for whatever reason
 * @param purse the kind of purse that it came into or went out of; null for any
 * @param month in which it moved, in UTC; null for ever
 */
public record MovementFilter(
        String accountId,
        @Nullable MovementKind kind,
        @Nullable PurseKind purse,
        @Nullable YearMonth month) {

    /** The condition on a row of {@code movement}. */
    static final String WHERE = """
            account_id = :account AND (:kind IS NULL OR kind = :kind)
            AND moved_at >= coalesce(CAST(:from AS timestamptz), '-infinity')
            AND moved_at < coalesce(CAST(:to AS timestamptz), 'infinity')
            AND (:purse IS NULL OR EXISTS (SELECT FROM movement_posting AS moved
                WHERE moved.movement_id = movement.movement_id AND moved.book = :purse AND moved.purse_id IS NOT NULL))
            """;

    /** All movements of an account's wallet. */
    public static MovementFilter ofAccount(String accountId) {
        return new MovementFilter(accountId, null, null, null);
    }

    /** Puts the values into the condition. */
    <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("account", accountId)
                .bindByType("kind", kind == null ? null : kind.name(), String.class)
                .bindByType("purse", purse == null ? null : purse.name(), String.class)
                .bindByType("from", month == null ? null : start(month), OffsetDateTime.class)
                .bindByType("to", month == null ? null : start(month.plusMonths(1)), OffsetDateTime.class);
    }

    private static OffsetDateTime start(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
