package io.weir.feecenter.settlement;

/**
 * An account of a cloud's marketplace that may pay for workspaces.
 *
 * @param id its number here
 * @param accountId the fee-center account that registered it
 * @param method its cloud
 * @param customerIdentifier its id in the cloud
 */
public record CloudAccount(long id, String accountId, SettlementMethod method, String customerIdentifier) {}
