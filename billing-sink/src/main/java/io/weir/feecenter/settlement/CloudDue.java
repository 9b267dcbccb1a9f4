package io.weir.feecenter.settlement;

import java.math.BigDecimal;

/**
 * What a workspace made due from a cloud account in a day or a month.
 *
 * @param period of the billing days, as {@code 2026-03-02} or {@code 2026-03}
 * @param cloudAccountId its number here
 * @param account user name of the fee-center account that registered it
 * @param customerIdentifier its id in the cloud
 * @param workspaceName its id where it has no name
 * @param lines of how many bill lines this is the sum
 * @param charged to the cloud account, after vouchers and cards
 * @param setOff what corrections took off, zero or negative
 * @param due what is left: charged + set off; negative is a credit
 */
public record CloudDue(
        String period,
        long cloudAccountId,
        String account,
        SettlementMethod method,
        String customerIdentifier,
        String workspaceId,
        String workspaceName,
        long lines,
        BigDecimal charged,
        BigDecimal setOff,
        BigDecimal due,
        String currency) {}
