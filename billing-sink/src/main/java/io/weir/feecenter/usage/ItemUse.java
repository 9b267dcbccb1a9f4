package io.weir.feecenter.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a workspace used of an item in a day, all resources together.
 *
 * @param item an item of the catalogue
 * @param unit base units in a priced unit
 * @param meters its meters, as the formula names them
 * @param quantity base units of the item, where the formula only adds what is read; nothing where it divides or compares, which the
 *     metering stream alone does (rules.md §5)
 */
public record ItemUse(String item, BigDecimal unit, List<MeterUse> meters, Optional<BigDecimal> quantity) {}
