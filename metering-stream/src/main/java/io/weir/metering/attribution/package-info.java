/**
 * Attribution: who pays for which part of a day, and how much of each item that is (rules.md §5, §6).
 *
 * <p>Read {@link io.weir.metering.attribution.Attribution} first. Quantities are exact decimals in base units of their item.
 * Nothing here knows prices or Kafka.
 */
@NullMarked
package io.weir.metering.attribution;

import org.jspecify.annotations.NullMarked;
