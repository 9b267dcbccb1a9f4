package io.weir.metering.rating;

import java.time.LocalDate;

/**
 * An entry of the price book that applies to a charge.
 *
 * @param bookVersion version of the price book
 * @param effectiveFrom first billing day of this price
 * @param model how the amount follows from the quantity
 */
public record Price(String bookVersion, LocalDate effectiveFrom, PriceModel model) {}
