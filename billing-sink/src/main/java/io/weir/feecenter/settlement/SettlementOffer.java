package io.weir.feecenter.settlement;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is offered to the owner who picks a cloud account for a workspace (fee-center-rules.md §4). The fee center stays possible,
 * unless the workspace was opened from a marketplace.
 *
 * @param registered cloud accounts that may be taken at once, recommended before the others
 * @param clouds of which a new account may be registered
 * @param marketplace from which the workspace was opened: only this cloud may pay; null for every other workspace
 */
public record SettlementOffer(
        List<CloudAccount> registered,
        Set<SettlementMethod> clouds,
        @Nullable SettlementMethod marketplace) {

    /**
     * The four scenarios of two independent questions: is a cloud account registered, and is the choice arbitrary?
     *
     * @param registered the living cloud accounts of the fee-center account
     * @param arbitraryChoice whether the account manager has set it on the member
     * @param siteClouds the cloud that runs the workspace's site, or none
     * @param allClouds the clouds of all sites
     */
    public static SettlementOffer of(
            List<CloudAccount> registered,
            boolean arbitraryChoice,
            Set<SettlementMethod> siteClouds,
            Set<SettlementMethod> allClouds) {
        return new SettlementOffer(registered, arbitraryChoice ? allClouds : siteClouds, null);
    }

    /** A workspace that was opened from a marketplace is settled with that cloud only. */
    public static SettlementOffer ofMarketplace(List<CloudAccount> registered, SettlementMethod marketplace) {
        return new SettlementOffer(
                registered.stream()
                        .filter(account -> account.method() == marketplace)
                        .toList(),
                Set.of(marketplace),
                marketplace);
    }
}
