/**
 * Bill lines become balanced postings, once: lines and the position in the topic move in one database transaction.
 *
 * <p>Read {@link io.weir.feecenter.ledger.BillLineReader} first, then {@link io.weir.feecenter.ledger.Ledger} and
 * {@link io.weir.feecenter.ledger.Standing}. Amounts are exact decimals of a currency, quantities base units of the item.
 * Nothing here knows how a line was computed.
 */
@NullMarked
package io.weir.feecenter.ledger;

import org.jspecify.annotations.NullMarked;
