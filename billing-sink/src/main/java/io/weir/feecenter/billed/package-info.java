/**
 * What stands in the ledger, summed up for people who watch the business: by currency, site and item.
 *
 * <p>Read {@link io.weir.feecenter.billed.BilledWatch} first. Sums are exact as far as the database and rounded only where they
 * are shown, amounts in a currency, quantities in base units of the item. Nothing here posts, and nothing waits for it.
 */
@NullMarked
package io.weir.feecenter.billed;

import org.jspecify.annotations.NullMarked;
