/**
 * {@code weir bill}: what the ledger says each account owes, net of all corrections.
 *
 * <p>Read {@link io.weir.deploy.bill.Bill} first. Nothing is computed here but sums of amounts that were billed.
 */
@NullMarked
package io.weir.deploy.bill;

import org.jspecify.annotations.NullMarked;
