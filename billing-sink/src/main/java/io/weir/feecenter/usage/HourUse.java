package io.weir.feecenter.usage;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one meter of a workspace came to in one local hour, all resources together.
 *
 * @param start first instant of the hour
 * @param end first instant after it
 * @param meter a meter of the catalogue
 * @param value base units, exact
 */
public record HourUse(Instant start, Instant end, String meter, BigDecimal value) {}
