package io.weir.feecenter.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a write token beside its hash.
 *
 * @param madeBy e-mail address of the member who made it
 * @param endsAt from when on it works no longer; null for the present one
 */
public record WriteToken(
        String madeBy, Instant madeAt, @Nullable Instant endsAt) {}
