/**
 * What came of a scenario (rules.md §9): the net bill from the ledger, the outcomes from the metering stream, the lines from the
 * topic; whether they agree with each other, and with what is expected.
 *
 * <p>Read {@link io.weir.deploy.result.Result} first. Quantities and amounts are carried as they stand; nothing is computed here
 * but sums to compare.
 */
@NullMarked
package io.weir.deploy.result;

import org.jspecify.annotations.NullMarked;
