package io.weir.feecenter.account;

import org.jspecify.annotations.Nullable;

/**
 * Who pays.
 *
 * @param accountId {@code acct_} and 32 hex digits, as on bill lines
 * @param userName unique and never changed
 * @param currency never changed
 * @param email in lower case; one person may have several accounts
 * @param phone with its country code
 * @param enterprise the enterprise it is certified for, by the number under which that is registered; null if it is not certified
 */
public record FeeCenterAccount(
        String accountId,
        String userName,
        Currency currency,
        String email,
        @Nullable String phone,
        @Nullable String enterprise) {}
