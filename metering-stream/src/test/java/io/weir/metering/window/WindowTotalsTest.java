package io.weir.metering.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.metering.intake.MemoryJudge;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What a window adds up to: exact, and the same after it was stored (rules.md §5). */
class WindowTotalsTest {

    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Window WINDOW = new HourWindows(ZoneOffset.UTC).at(TEN.toEpochMilli());
    /** Written by release 0.1: the spans 1, 2^63 − 1 and 2^63 − 1, the series 7 and 3, in 5 events. */
    private static final String VERSION_1 =
            "010e696e6465782f6180a4ecdf956780dea3e39567c4c0020a80dea3e39567040a7370616e73000001061fe0433095275f9b38c9aa5c67d96ab0"
                    + "80a4ecdf956784a4ecdf95670c73657269657302000e040d0596568a45632480c465a7003d858586a4ecdf956788a4ecdf9567";

    private final MemoryJudge judge = new MemoryJudge();
    private long sequence;

    @Test
    void addsASumMeterBeyond64Bits() {
        // Given
        WindowTotals totals = new WindowTotals("", WINDOW);

        // When
        for (int event = 0; event < 1000; event++) {
            totals = use(totals, "spans", Long.MAX_VALUE);
        }

        // Then
        assertThat(sum(totals, "spans").total())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(1000)));
    }

    @Test
    void keepsTheLargestValueOfAMaxMeter() {
        // Given
        WindowTotals totals = new WindowTotals("", WINDOW);

        // When
        totals = use(totals, "series", 3);
        totals = use(totals, "series", 7);
        totals = use(totals, "series", 5);

        // Then
        assertThat(sum(totals, "series").total()).isEqualTo(7);
        assertThat(sum(totals, "series").events()).isEqualTo(3);
    }

    @Test
    void countsAnEventOfNothing() {
        // When
        WindowTotals totals = use(new WindowTotals("", WINDOW), "spans", 0);

        // Then
        assertThat(totals.events()).isEqualTo(1);
        assertThat(sum(totals, "spans").total()).isZero();
        assertThat(sum(totals, "spans").events()).isEqualTo(1);
    }

    @Test
    void remembersTheFirstAndTheLastIngest() {
        // Given
        WindowTotals totals = new WindowTotals("", WINDOW);

        // When
        totals.add(judge.accept("source", 1, TEN.plusSeconds(2), "", "spans", 1));
        totals.add(judge.accept("source", 2, TEN.plusSeconds(1), "", "spans", 1));
        totals.add(judge.accept("source", 3, TEN.plusSeconds(3), "", "spans", 1));

        // Then
        assertThat(sum(totals, "spans").firstIngestMillis())
                .isEqualTo(TEN.plusSeconds(1).toEpochMilli());
        assertThat(sum(totals, "spans").lastIngestMillis())
                .isEqualTo(TEN.plusSeconds(3).toEpochMilli());
    }

    @Test
    void givesTheSameDigestForEveryOrderOfArrival() {
        // Given
        WindowTotals forward = new WindowTotals("", WINDOW);
        WindowTotals backward = new WindowTotals("", WINDOW);

        // When
        for (int event = 0; event < 10; event++) {
            forward.add(new MemoryJudge().accept("source", event, TEN, "", "spans", 1));
            backward.add(new MemoryJudge().accept("source", 9 - event, TEN, "", "spans", 1));
        }

        // Then
        assertThat(sum(forward, "spans").digest())
                .isEqualTo(sum(backward, "spans").digest());
        assertThat(sum(forward, "spans").digest()).isNotEqualTo(Digest.NONE);
    }

    @Test
    void isTheSameAfterItWasStored() {
        // Given
        WindowTotals totals = new WindowTotals("index/a", WINDOW);
        totals.add(judge.accept("source", 1, TEN, "index/a", "spans", Long.MAX_VALUE));
        totals.add(judge.accept("source", 2, TEN, "index/a", "series", 12));
        totals.publishAt(WINDOW.endMillis());

        // When
        WindowTotals restored = WindowTotals.restored(totals.stored());

        // Then
        assertThat(restored.resource()).isEqualTo("index/a");
        assertThat(restored.window()).isEqualTo(WINDOW);
        assertThat(restored.events()).isEqualTo(2);
        assertThat(restored.publishAtMillis()).isEqualTo(WINDOW.endMillis());
        assertThat(restored.meters()).isEqualTo(totals.meters());
    }

    @Test
    void readsWhatRelease0Point1Stored() {
        // When
        WindowTotals restored = WindowTotals.restored(HexFormat.of().parseHex(VERSION_1));

        // Then
        assertThat(restored.resource()).isEqualTo("index/a");
        assertThat(restored.window())
                .isEqualTo(new Window(1772445600000L, 1772449200000L, LocalDate.parse("2026-03-02")));
        assertThat(restored.events()).isEqualTo(5);
        assertThat(restored.publishAtMillis()).isEqualTo(1772449200000L);
        assertThat(restored.meters())
                .containsExactly(
                        new MeterSum(
                                "series",
                                true,
                                BigInteger.valueOf(7),
                                2,
                                new Digest(0x0d0596568a456324L, 0x80c465a7003d8585L),
                                1772445600003L,
                                1772445600004L),
                        new MeterSum(
                                "spans",
                                false,
                                new BigInteger("18446744073709551615"),
                                3,
                                new Digest(0x1fe0433095275f9bL, 0x38c9aa5c67d96ab0L),
                                1772445600000L,
                                1772445600002L));
    }

    @Test
    void storesAsRelease0Point1Did() {
        // Given
        WindowTotals totals = new WindowTotals("index/a", WINDOW);
        totals.add(judge.accept("source", 1, TEN, "index/a", "spans", 1));
        totals.add(judge.accept("source", 2, TEN.plusMillis(1), "index/a", "spans", Long.MAX_VALUE));
        totals.add(judge.accept("source", 3, TEN.plusMillis(2), "index/a", "spans", Long.MAX_VALUE));
        totals.add(judge.accept("source", 4, TEN.plusMillis(3), "index/a", "series", 7));
        totals.add(judge.accept("source", 5, TEN.plusMillis(4), "index/a", "series", 3));
        totals.publishAt(WINDOW.endMillis());

        // When / Then
        assertThat(HexFormat.of().formatHex(totals.stored())).isEqualTo(VERSION_1);
    }

    @Test
    void refusesWhatANewerReleaseStored() {
        // Given
        byte[] stored = new WindowTotals("", WINDOW).stored();
        stored[0] = 2;

        // When / Then
        assertThatThrownBy(() -> WindowTotals.restored(stored))
                .hasMessage(
                        "a stored value has format 2, this release reads 1 to 1: run the release that wrote it or a newer one;"
                                + " to go on with this one, deploy/weir rebuild");
    }

    /** The totals with one more event, having been stored meanwhile. */
    private WindowTotals use(WindowTotals totals, String meter, long quantity) {
        WindowTotals restored = WindowTotals.restored(totals.stored());
        restored.add(judge.accept("source", sequence++, TEN, "", meter, quantity));
        return restored;
    }

    private static MeterSum sum(WindowTotals totals, String meter) {
        return totals.meters().stream()
                .filter(each -> each.meter().equals(meter))
                .findFirst()
                .orElseThrow();
    }
}
