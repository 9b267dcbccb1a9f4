/**
 * Rating: the only place where a quantity becomes money, and where a day's cost becomes lines (rules.md §6, §7).
 *
 * <p>Read {@link io.weir.metering.rating.PriceModel} first, then {@link io.weir.metering.rating.Rating} and
 * {@link io.weir.metering.rating.Corrections}. Money and quantities are exact decimals; an amount is rounded once per line.
 * Nothing here knows Kafka.
 */
@NullMarked
package io.weir.metering.rating;

import org.jspecify.annotations.NullMarked;
