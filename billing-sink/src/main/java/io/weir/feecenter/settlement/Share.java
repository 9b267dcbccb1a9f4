package io.weir.feecenter.settlement;

import java.math.BigDecimal;

/**
 * The part of a charge that one purse pays or gets back.
 *
 * @param purse the purse as it was before
 * @param amount positive if it pays, negative if it gets back; never zero
 */
public record Share(Purse purse, BigDecimal amount) {}
