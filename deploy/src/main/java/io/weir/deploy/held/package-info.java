/**
 * {@code weir held}: what an operator sees of lines that are held, and decides about those that the ledger holds back.
 *
 * <p>Read {@link io.weir.deploy.held.Held} first. Charges that the metering stream holds are only shown: a price or an account
 * releases them. What becomes of a line is decided in the ledger ({@code io.weir.feecenter.ledger.HeldBackLines}), not here.
 */
@NullMarked
package io.weir.deploy.held;

import org.jspecify.annotations.NullMarked;
