package io.weir.feecenter.settlement;

import static io.weir.feecenter.settlement.SettlementMethod.ALIYUN;
import static io.weir.feecenter.settlement.SettlementMethod.AWS;
import static io.weir.feecenter.settlement.SettlementMethod.HUAWEI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The four scenarios of fee-center-rules.md §4, and the marketplace. */
class SettlementOfferTest {

    private static final CloudAccount REGISTERED = new CloudAccount(1, "acct_a", HUAWEI, "customer");
    private static final Set<SettlementMethod> ALL = Set.of(ALIYUN, AWS, HUAWEI);

    @Test
    void registeredAndNotArbitraryOffersTheRegisteredAccountsAndTheCloudOfTheSite() {
        assertThat(SettlementOffer.of(List.of(REGISTERED), false, AWS, ALL))
                .isEqualTo(new SettlementOffer(List.of(REGISTERED), Set.of(AWS)));
    }

    @Test
    void registeredAndArbitraryOffersTheRegisteredAccountsAndAllClouds() {
        assertThat(SettlementOffer.of(List.of(REGISTERED), true, AWS, ALL))
                .isEqualTo(new SettlementOffer(List.of(REGISTERED), ALL));
    }

    @Test
    void notRegisteredAndArbitraryOffersAllClouds() {
        assertThat(SettlementOffer.of(List.of(), true, AWS, ALL)).isEqualTo(new SettlementOffer(List.of(), ALL));
    }

    @Test
    void notRegisteredAndNotArbitraryOffersTheCloudOfTheSite() {
        assertThat(SettlementOffer.of(List.of(), false, AWS, ALL))
                .isEqualTo(new SettlementOffer(List.of(), Set.of(AWS)));
    }

    @Test
    void aWorkspaceOpenedFromAMarketplaceIsOfferedThatCloudOnly() {
        CloudAccount other = new CloudAccount(2, "acct_a", AWS, "customer");

        assertThat(SettlementOffer.ofMarketplace(List.of(REGISTERED, other), HUAWEI))
                .isEqualTo(new SettlementOffer(List.of(REGISTERED), Set.of(HUAWEI)));
    }
}
