/**
 * {@code weir lines}: the bill lines on their topic, each of which explains itself.
 *
 * <p>Read {@link io.weir.deploy.lines.Lines} first. A line is explained from its own fields alone; the arithmetic is done again by
 * {@code PriceSteps} of the ledger, which share no code with what made the line.
 */
@NullMarked
package io.weir.deploy.lines;

import org.jspecify.annotations.NullMarked;
