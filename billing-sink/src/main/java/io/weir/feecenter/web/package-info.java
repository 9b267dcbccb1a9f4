/**
 * The console and the API of the fee center: pages for people in a browser and JSON for programs, both over the packages {@code account},
 * {@code settlement} and {@code ledger}. No rule about money or access lives here: those packages refuse, this one shows why.
 */
@NullMarked
package io.weir.feecenter.web;

import org.jspecify.annotations.NullMarked;
