package io.weir.feecenter.settlement;

import java.math.BigDecimal;

/**
 * What one workspace comes to on a statement.
 *
 * @param name its id where it has none
 * @param lines how many of its lines stand there
 * @param amount their sum
 * @param adjustments of this what corrects earlier months
 */
public record StatementSum(String workspaceId, String name, long lines, BigDecimal amount, BigDecimal adjustments) {}
