package io.weir.metering.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A source is kept whole, however many gaps its producer leaves (rules.md §4). */
class SourceTest {

    private static final long NOW = 1_772_400_000_000L;
    private static final int LARGEST_ENTRY_BYTES = 256 * 1024;

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("sources").get();

    @Test
    void keepsManyGapsInEntriesThatABrokerTakes() {
        // Given
        Source source = source();
        LongStream.range(0, 200_000).forEach(number -> accept(source, 2 * number));

        // When
        source.writeTo(store);

        // Then
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> assertThat(entry.value).hasSizeLessThan(LARGEST_ENTRY_BYTES));
        }
        Source restored = restored();
        assertThat(LongStream.range(0, 200_000)).noneMatch(number -> accept(restored, 2 * number));
        assertThat(accept(restored, 1)).isTrue();
    }

    @Test
    void forgetsTheEntriesItNoLongerNeedsWhenItsGapsClose() {
        // Given
        Source source = source();
        LongStream.range(0, 20_000).forEach(number -> accept(source, 2 * number));
        source.writeTo(store);

        // When
        LongStream.range(0, 20_000).forEach(number -> accept(source, 2 * number + 1));
        source.writeTo(store);

        // Then
        assertThat(store.approximateNumEntries()).isEqualTo(1);
        Source restored = restored();
        assertThat(accept(restored, 39_999)).isFalse();
        assertThat(accept(restored, 40_000)).isTrue();
    }

    private static boolean accept(Source source, long sequence) {
        return source.accept(sequence, NOW);
    }

    private static Source source() {
        return new Source("wksp_gaps", "dk/1");
    }

    private Source restored() {
        Source source = source();
        source.readFrom(store);
        return source;
    }
}
