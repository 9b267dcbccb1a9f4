package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ids were computed with sha256sum. */
class LineChainsTest {

    private static final String ID_OF_REVISION_0 = "e69858952e72fe529075f292335fb60c";
    private static final String ID_OF_REVISION_1 = "2c56e99d18526e43c033088f63619105";
    private static final String ID_OF_REVISION_2 = "f98bafd6de8e86f71d919454abf5d4b6";

    @Test
    void linesOfTheRulesAreSound() {
        assertThat(LineChains.faultsOf(List.of(line(ID_OF_REVISION_1, 1), line(ID_OF_REVISION_0, 0))))
                .isEmpty();
    }

    @Test
    void anIdOfAnotherRevisionIsAFault() {
        assertThat(LineChains.faultsOf(List.of(line(ID_OF_REVISION_1, 0))))
                .containsExactly("line id: " + ID_OF_REVISION_1 + " is not that of 2026-03-02,acct,wksp,,log,7");
    }

    @Test
    void aGapInTheRevisionsIsAFault() {
        assertThat(LineChains.faultsOf(List.of(line(ID_OF_REVISION_0, 0), line(ID_OF_REVISION_2, 2))))
                .containsExactly("revisions: 2026-03-02,acct,wksp,,log,7 has [0, 2]");
    }

    @Test
    void aRevisionThatStandsTwiceIsAFault() {
        assertThat(LineChains.faultsOf(List.of(line(ID_OF_REVISION_0, 0), line(ID_OF_REVISION_0, 0))))
                .containsExactly("revisions: 2026-03-02,acct,wksp,,log,7 has [0, 0]");
    }

    private static BillLine line(String id, int revision) {
        return BillLine.newBuilder()
                .setLineId(id)
                .setDay(LocalDate.of(2026, 3, 2))
                .setAccountId("acct")
                .setWorkspaceId("wksp")
                .setResource("")
                .setItem("log")
                .setRetentionDays(7)
                .setRevision(revision)
                .setKind(LineKind.CLOSE)
                .setQuantity("2000000")
                .setAmount("2.40")
                .setCurrency("CNY")
                .setNetQuantity("2000000")
                .setNetAmount("2.40")
                .setPrice(null)
                .setMeters(List.of())
                .setFirstIngestedAt(null)
                .setLastIngestedAt(null)
                .setBindingSeqs(List.of())
                .setControlOffset(0)
                .build();
    }
}
