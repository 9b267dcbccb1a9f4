/**
 * The fee center: bill lines are booked in the ledger, once.
 *
 * <p>Read {@code FeeCenterApp} first, then the package {@code ledger}.
 */
@NullMarked
package io.weir.feecenter;

import org.jspecify.annotations.NullMarked;
