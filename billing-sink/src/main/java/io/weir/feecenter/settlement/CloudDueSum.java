package io.weir.feecenter.settlement;

import java.math.BigDecimal;

/** The sum of what is due from cloud accounts in one currency; its parts are those of {@link CloudDue}. */
public record CloudDueSum(String currency, long lines, BigDecimal charged, BigDecimal setOff, BigDecimal due) {}
