package io.weir.metering;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.billing.LineKind;
import io.weir.metering.attribution.Charge;
import io.weir.metering.control.ControlTable;
import io.weir.metering.rating.Billed;
import io.weir.metering.rating.Corrections;
import io.weir.metering.rating.LineId;
import io.weir.metering.rating.LineKey;
import io.weir.metering.rating.Rated;
import io.weir.metering.window.DayUsage;
import io.weir.metering.window.MeterSum;
import io.weir.usage.MeterTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Writes lines and held lines down as they stand on their topics, with all that explains them (rules.md §7). */
final class Lines {

    private Lines() {}

    static BillLine line(DayUsage usage, Corrections.Difference difference, ControlTable table) {
        LineKey key = difference.key();
        Rated.Priced rated = difference.rated();
        List<MeterSum> meters = rated == null ? List.of() : rated.charge().meters();
        return new BillLine(
                LineId.of(usage.day(), usage.workspaceId(), key, difference.revision()),
                usage.day(),
                key.accountId(),
                usage.workspaceId(),
                key.resource(),
                key.item(),
                key.retentionDays(),
                difference.revision(),
                usage.closing() ? LineKind.CLOSE : LineKind.CORRECTION,
                quantity(difference.quantity()),
                difference.amount().toPlainString(),
                Objects.requireNonNull(table.currencyOf(key.accountId()), "an account that was billed is known"),
                quantity(difference.net().quantity()),
                difference.net().amount().toPlainString(),
                rated == null ? null : price(rated),
                meters.stream().map(Lines::total).toList(),
                rated == null ? null : first(meters, MeterSum::firstIngestMillis),
                rated == null ? null : last(meters, MeterSum::lastIngestMillis),
                rated == null ? List.of() : List.copyOf(rated.charge().bindingSeqs()),
                table.offset());
    }

    static HeldLine held(DayUsage usage, Corrections.HoldChange change, ControlTable table) {
        LineKey key = change.key();
        Billed.Hold hold = change.hold();
        return new HeldLine(
                usage.day(),
                key.accountId(),
                usage.workspaceId(),
                key.resource(),
                key.item(),
                key.retentionDays(),
                hold == null ? null : hold.reason(),
                hold == null ? "0" : quantity(hold.quantity()),
                quantity(change.billedQuantity()),
                change.currency(),
                table.offset());
    }

    private static AppliedPrice price(Rated.Priced rated) {
        Charge charge = rated.charge();
        return new AppliedPrice(
                rated.price().bookVersion(),
                rated.price().effectiveFrom(),
                charge.item().unit().toPlainString(),
                rated.price().model().describe());
    }

    /** A meter's total as it stands on the topics. */
    static MeterTotal total(MeterSum sum) {
        return new MeterTotal(
                sum.meter(), sum.total().toString(), sum.events(), sum.digest().toString());
    }

    private static String quantity(BigDecimal quantity) {
        return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
    }

    private static @Nullable Instant first(List<MeterSum> meters, ToLongFunction<MeterSum> millis) {
        return meters.stream().mapToLong(millis).min().stream()
                .mapToObj(Instant::ofEpochMilli)
                .findAny()
                .orElse(null);
    }

    private static @Nullable Instant last(List<MeterSum> meters, ToLongFunction<MeterSum> millis) {
        return meters.stream().mapToLong(millis).max().stream()
                .mapToObj(Instant::ofEpochMilli)
                .findAny()
                .orElse(null);
    }
}
