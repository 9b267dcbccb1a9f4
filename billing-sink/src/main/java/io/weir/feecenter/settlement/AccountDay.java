package io.weir.feecenter.settlement;

import java.time.LocalDate;

/**
 * What is settled in one transaction.
 *
 * @param accountId a fee-center account
 * @param day a billing day
 */
public record AccountDay(String accountId, LocalDate day) {}
