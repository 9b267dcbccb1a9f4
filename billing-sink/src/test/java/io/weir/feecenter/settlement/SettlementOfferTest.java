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
        assertThat(SettlementOffer.of(List.of(REGISTERED), false, Set.of(AWS), ALL))
                .isEqualTo(new SettlementOffer(List.of(REGISTERED), Set.of(AWS), null));
    }

    @Test
    void registeredAndArbitraryOffersTheRegisteredAccountsAndAllClouds() {
        assertThat(SettlementOffer.of(List.of(REGISTERED), true, Set.of(AWS), ALL))
                .isEqualTo(new SettlementOffer(List.of(REGISTERED), ALL, null));
    }

    @Test
    void notRegisteredAndArbitraryOffersAllClouds() {
        assertThat(SettlementOffer.of(List.of(), true, Set.of(AWS), ALL))
                .isEqualTo(new SettlementOffer(List.of(), ALL, null));
    }

    @Test
    void notRegisteredAndNotArbitraryOffersTheCloudOfTheSite() {
        assertThat(SettlementOffer.of(List.of(), false, Set.of(AWS), ALL))
                .isEqualTo(new SettlementOffer(List.of(), Set.of(AWS), null));
    }

    @Test
    void aWorkspaceOpenedFromAMarketplaceIsOfferedThatCloudOnly() {
        CloudAccount other = new CloudAccount(2, "acct_a", AWS, "customer");

        assertThat(SettlementOffer.ofMarketplace(List.of(REGISTERED, other), HUAWEI))
                .isEqualTo(new SettlementOffer(List.of(REGISTERED), Set.of(HUAWEI), HUAWEI));
    }
}
