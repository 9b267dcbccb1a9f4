package io.weir.feecenter.ledger;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A line as it stands in the ledger.
 *
 * @param line as it stood on the topic
 * @param topicPartition of {@code fee-center.bill-lines}
 * @param topicOffset of its record in that partition
 * @param postedAt by the database's clock; decides nothing
 */
public record PostedLine(BillLine line, int topicPartition, long topicOffset, Instant postedAt) {

    /** What the day had come to before this line, in the line's currency. */
    public BigDecimal netBefore() {
        return new BigDecimal(line.getNetAmount()).subtract(new BigDecimal(line.getAmount()));
    }

    /** The day's quantity with this line, in units of the item; nothing where nothing is left to pay for. */
    public Optional<BigDecimal> netUnits() {
        return Optional.ofNullable(line.getPrice())
                .map(AppliedPrice::getUnit)
                .map(unit -> new BigDecimal(line.getNetQuantity()).divide(new BigDecimal(unit)));
    }

    /** How the net amount follows from the units; nothing without a price, or for a price model that is not known here. */
    public Optional<PriceSteps> steps() {
        return Optional.ofNullable(line.getPrice())
                .map(AppliedPrice::getModel)
                .flatMap(model -> netUnits().flatMap(units -> PriceSteps.of(model, units)));
    }
}
