package io.weir.feecenter.ledger;

import io.weir.billing.BillLine;
import io.weir.feecenter.ledger.Verdict.HoldBack;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does a line make sense on its own? The first objection decides. */
final class LineCheck {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");
    private static final Pattern QUANTITY = Pattern.compile("-?(0|[1-9][0-9]{0,49})(\\.[0-9]{1,50})?");
    private static final Pattern AMOUNT = Pattern.compile("-?(0|[1-9][0-9]{0,49})\\.[0-9]{2}");
    private static final Set<String> CURRENCIES = Set.of("CNY", "USD");
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999Z");

    private LineCheck() {}

    /** Why this line cannot be posted whatever the ledger holds; empty if nothing speaks against it. */
    static Optional<HoldBack> objection(BillLine line) {
        return Stream.of(fields(line), lineId(line), figures(line), currency(line))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether this can be the id of an account, a workspace or an item (rules.md §1). */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static Optional<HoldBack> fields(BillLine line) {
        boolean ids = isId(line.getAccountId())
                && isId(line.getWorkspaceId())
                && isId(line.getItem())
                && (line.getResource().isEmpty() || isId(line.getResource()));
        boolean numbers = line.getRevision() >= 0 && (line.getRetentionDays() == null || line.getRetentionDays() >= 0);
        boolean day = !line.getDay().isBefore(FIRST_DAY) && !line.getDay().isAfter(LAST_DAY);
        boolean instants = sensible(line.getFirstIngestedAt()) && sensible(line.getLastIngestedAt());
        return objectionUnless(
                ids && numbers && day && instants,
                HoldReason.BAD_FIELD,
                "an id, the day, the revision, the retention or an ingest time is out of range");
    }

    private static boolean sensible(@Nullable Instant instant) {
        return instant == null || (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LAST_INSTANT));
    }

    private static Optional<HoldBack> lineId(BillLine line) {
        String expected = LineId.of(line);
        return objectionUnless(
                line.getLineId().equals(expected),
                HoldReason.WRONG_LINE_ID,
                "the line is not the one its id names: its fields hash to " + expected);
    }

    private static Optional<HoldBack> figures(BillLine line) {
        boolean decimals = QUANTITY.matcher(line.getQuantity()).matches()
                && QUANTITY.matcher(line.getNetQuantity()).matches()
                && AMOUNT.matcher(line.getAmount()).matches()
                && AMOUNT.matcher(line.getNetAmount()).matches();
        boolean sign = line.getRevision() > 0
                || !(line.getQuantity().startsWith("-") || line.getAmount().startsWith("-"));
        return objectionUnless(
                decimals && sign,
                HoldReason.BAD_AMOUNT,
                "quantities are decimals, amounts have two decimals, and revision 0 is not negative");
    }

    private static Optional<HoldBack> currency(BillLine line) {
        return objectionUnless(
                CURRENCIES.contains(line.getCurrency()),
                HoldReason.WRONG_CURRENCY,
                "bills are in "
                        + String.join(" or ", CURRENCIES.stream().sorted().toList()));
    }

    private static Optional<HoldBack> objectionUnless(boolean right, HoldReason reason, String detail) {
        return right ? Optional.empty() : Optional.of(new HoldBack(reason, detail));
    }
}
