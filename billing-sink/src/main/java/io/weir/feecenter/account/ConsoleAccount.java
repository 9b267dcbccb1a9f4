package io.weir.feecenter.account;

import org.jspecify.annotations.Nullable;

/**
 * Who logs into a site.
 *
 * @param consoleAccountId {@code user_} and 32 hex digits
 * @param site the only site it knows
 * @param email in lower case; of no other account of this site
 * @param phone with its country code; of no other account of this site
 * @param userName a name to be called by; others may have the same
 */
public record ConsoleAccount(
        String consoleAccountId,
        String site,
        String email,
        @Nullable String phone,
        String userName) {}
