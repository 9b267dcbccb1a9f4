package io.weir.feecenter.usage;

import java.math.BigDecimal;

/**
 * What one meter of a workspace came to.
 *
 * @param meter a meter of the catalogue
 * @param value base units, exact; 0 without use
 */
public record MeterUse(String meter, BigDecimal value) {}
