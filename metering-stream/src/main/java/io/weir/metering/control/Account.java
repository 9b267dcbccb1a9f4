package io.weir.metering.control;

/**
 * Who pays (rules.md §1).
 *
 * @param accountId id of the account
 * @param userName unique, never changes
 * @param currency ISO 4217, never changes
 */
public record Account(String accountId, String userName, String currency) {}
