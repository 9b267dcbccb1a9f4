package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.HoldReason;
import io.weir.metering.rating.Billed;
import io.weir.metering.rating.LineKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What was billed and is held is kept exactly, day by day (rules.md §7). */
class BilledDaysTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final LineKey LOG = new LineKey("acct_1", "index", "log", 14);
    private static final LineKey NETWORK = new LineKey("acct_1", "", "network", null);
    private static final Billed BILLED = new Billed(new BigDecimal("12.5"), new BigDecimal("-0.10"), 3, null);
    private static final Billed HELD =
            new Billed(BigDecimal.ZERO, BigDecimal.ZERO, -1, new Billed.Hold(HoldReason.NO_PRICE, new BigDecimal("7")));

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("billed").get();
    private final BilledDays days = new BilledDays(store);

    @Test
    void aDayIsReadAsItWasStored() {
        // Given
        SortedMap<LineKey, Billed> billed = new TreeMap<>(Map.of(LOG, BILLED, NETWORK, HELD));

        // When
        days.replace("wksp_1", DAY, Map.of(), billed);

        // Then
        assertThat(days.of("wksp_1", DAY)).isEqualTo(billed);
        assertThat(days.isHeld("wksp_1", DAY)).isTrue();
    }

    @Test
    void oneDayOfOneWorkspaceIsNotMixedWithOthers() {
        // When
        days.replace("wksp_1", DAY, Map.of(), Map.of(LOG, BILLED));

        // Then
        assertThat(days.of("wksp_1", DAY.plusDays(1))).isEmpty();
        assertThat(days.of("wksp_1", DAY.minusDays(1))).isEmpty();
        assertThat(days.of("wksp_10", DAY)).isEmpty();
        assertThat(days.isHeld("wksp_1", DAY)).isFalse();
    }

    @Test
    void whatIsGoneIsDeleted() {
        // Given
        days.replace("wksp_1", DAY, Map.of(), Map.of(LOG, BILLED, NETWORK, HELD));

        // When
        days.replace("wksp_1", DAY, days.of("wksp_1", DAY), Map.of(LOG, BILLED));

        // Then
        assertThat(days.of("wksp_1", DAY)).containsOnlyKeys(LOG);
    }

    @Test
    void nothingIsLeftOfADayThatIsForgotten() {
        // Given
        days.replace("wksp_1", DAY, Map.of(), Map.of(LOG, BILLED, NETWORK, HELD));

        // When
        days.forget("wksp_1", DAY);

        // Then
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void storesAsRelease0Point1Did() {
        // When
        days.replace("wksp_1", DAY, Map.of(), Map.of(LOG, BILLED));
        days.replace("wksp_2", DAY, Map.of(), Map.of(NETWORK, HELD));

        // Then
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            assertThat(HexFormat.of().formatHex(entries.next().value))
                    .isEqualTo("010c616363745f310a696e646578066c6f671c0831322e350a2d302e31300600");
            assertThat(HexFormat.of().formatHex(entries.next().value))
                    .isEqualTo("010c616363745f31000e6e6574776f726b01023002300110" + "4e4f5f50524943450237");
        }
    }
}
