package io.weir.feecenter.web;

import io.javalin.http.Context;
import io.weir.feecenter.settlement.MovementFilter;
import io.weir.feecenter.settlement.MovementKind;
import io.weir.feecenter.settlement.PurseKind;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which movements a reader asked for in the address of a page. What cannot be read asks for nothing.
 *
 * @param kind why money moved; empty for whatever reason
 * @param purse what it came into or went out of; empty for any purse
 * @param month in which it moved, in UTC; empty for ever
 */
public record MovementsAsked(Optional<MovementKind> kind, Optional<PurseKind> purse, Optional<YearMonth> month) {

    static MovementsAsked of(Context context) {
        return new MovementsAsked(
                oneOf(MovementKind.values(), context.queryParam("kind")),
                oneOf(PurseKind.values(), context.queryParam("purse")),
                Optional.ofNullable(context.queryParam("month")).flatMap(MovementsAsked::month));
    }

    private static <E extends Enum<E>> Optional<E> oneOf(E[] values, @Nullable String asked) {
        return Arrays.stream(values).filter(value -> value.name().equals(asked)).findFirst();
    }

    private static Optional<YearMonth> month(String asked) {
        try {
            return Optional.of(YearMonth.parse(asked.strip()));
        } catch (DateTimeException notAMonth) {
            return Optional.empty();
        }
    }

    /** Those of this account. */
    MovementFilter ofAccount(String accountId) {
        return new MovementFilter(accountId, kind.orElse(null), purse.orElse(null), month.orElse(null));
    }

    /** Whether anything but all movements is asked for. */
    public boolean isNarrow() {
        return kind.isPresent() || purse.isPresent() || month.isPresent();
    }

    /** The same in an address. */
    public String query() {
        return "kind=%s&purse=%s&month=%s"
                .formatted(
                        kind.map(Enum::name).orElse(""),
                        purse.map(Enum::name).orElse(""),
                        month.map(YearMonth::toString).orElse(""));
    }
}
