package io.weir.feecenter.web;

import io.weir.feecenter.settlement.DetailSum;

/**
 * A sum of bill lines with a link to them.
 *
 * @param name of what it is the sum of, in the reader's language
 * @param lines which lines these are
 */
public record BillSum(String name, DetailSum sum, BillFilter lines) {}
