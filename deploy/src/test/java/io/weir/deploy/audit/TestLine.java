package io.weir.deploy.audit;

import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.usage.MeterTotal;
import io.weir.wire.TrustedRecords;
import java.time.LocalDate;
import java.util.List;

/** Lines of one key as they must be: ids as rules.md §7 says, which another implementation computed for these revisions. */
final class TestLine {

    static {
        TrustedRecords.trust();
    }

    static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    static final String DIGEST = "0123456789abcdef0123456789abcdef";

    private static final List<String> IDS = List.of(
            "e69858952e72fe529075f292335fb60c", "2c56e99d18526e43c033088f63619105", "f98bafd6de8e86f71d919454abf5d4b6");

    private TestLine() {}

    static BillLine.Builder of(int revision, String quantity, String amount, String netQuantity, String netAmount) {
        return BillLine.newBuilder()
                .setLineId(IDS.get(revision))
                .setDay(DAY)
                .setAccountId("acct")
                .setWorkspaceId("wksp")
                .setResource("")
                .setItem("log")
                .setRetentionDays(7)
                .setRevision(revision)
                .setKind(revision == 0 ? LineKind.CLOSE : LineKind.CORRECTION)
                .setQuantity(quantity)
                .setAmount(amount)
                .setCurrency("CNY")
                .setNetQuantity(netQuantity)
                .setNetAmount(netAmount)
                .setPrice(null)
                .setMeters(List.of(new MeterTotal("log_records", netQuantity, 3L, DIGEST)))
                .setFirstIngestedAt(null)
                .setLastIngestedAt(null)
                .setBindingSeqs(List.of(1L))
                .setControlOffset(4);
    }

    static BillLine first() {
        return of(0, "2000", "2.40", "2000", "2.40").build();
    }

    static BillLine second() {
        return of(1, "500", "0.60", "2500", "3.00").build();
    }
}
