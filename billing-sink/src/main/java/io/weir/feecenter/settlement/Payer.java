package io.weir.feecenter.settlement;

import org.jspecify.annotations.Nullable;

/**
 * Who pays for a line, or takes its refund, after vouchers and cards.
 *
 * @param method the settlement method
 * @param cloudAccountId the cloud account; null under the fee-center method
 */
record Payer(SettlementMethod method, @Nullable Long cloudAccountId) {

    /** The fee-center account itself. */
    static final Payer FEE_CENTER = new Payer(SettlementMethod.FEE_CENTER, null);
}
