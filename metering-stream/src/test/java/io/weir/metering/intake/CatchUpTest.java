package io.weir.metering.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reason;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a rebuilt stream knows of its partition's past (rules.md §7). */
class CatchUpTest {

    private final KeyValueStore<Bytes, byte[]> store =
            Stores.inMemoryKeyValueStore("partition").get();

    private CatchUp storedAndRestored(CatchUp past) {
        past.stored().forEach(store::put);
        return Objects.requireNonNull(CatchUp.restored(store));
    }

    @Test
    void whatWasRefusedIsRefusedAgainForItsReason() {
        // Given
        CatchUp past = new CatchUp(100, 90, 1_000);
        past.addRefused(7, Reason.MALFORMED);
        past.addRefused(9, Reason.FUTURE);
        past.addRefused(8, Reason.MALFORMED);

        // When
        CatchUp restored = storedAndRestored(past);

        // Then
        assertThat(restored.refusedAt(6)).isNull();
        assertThat(restored.refusedAt(7)).isEqualTo(Reason.MALFORMED);
        assertThat(restored.refusedAt(8)).isEqualTo(Reason.MALFORMED);
        assertThat(restored.refusedAt(9)).isEqualTo(Reason.FUTURE);
        assertThat(restored.refusedAt(10)).isNull();
    }

    @Test
    void itEndsBehindTheLastRecordThatWasThere() {
        // Given
        CatchUp past = storedAndRestored(new CatchUp(100, 90, 1_000));

        // Then
        assertThat(past.endsAt(99)).isFalse();
        assertThat(past.endsAt(100)).isTrue();
        assertThat(past.wasProcessed(89)).isTrue();
        assertThat(past.wasProcessed(90)).isFalse();
        assertThat(past.reportedMillis()).isEqualTo(1_000);
    }

    @Test
    void manyGapsAreKeptInManyEntriesAndAllAreDeleted() {
        // Given
        CatchUp past = new CatchUp(100_000, 0, CatchUp.NOTHING_REPORTED);
        for (long offset = 0; offset < 60_000; offset += 3) {
            past.addRefused(offset, Reason.TOO_OLD);
        }

        // When
        CatchUp restored = storedAndRestored(past);

        // Then
        assertThat(past.stored())
                .hasSize(1 + 3)
                .allSatisfy((key, value) -> assertThat(value).hasSizeLessThan(512 * 1024));
        for (long offset = 0; offset < 60_000; offset += 3) {
            assertThat(restored.refusedAt(offset)).isEqualTo(Reason.TOO_OLD);
            assertThat(restored.refusedAt(offset + 1)).isNull();
        }
        restored.forget(store);
        assertThat(CatchUp.restored(store)).isNull();
        assertThat(store.all().hasNext()).isFalse();
    }

    @Test
    void aStreamThatWasNotRebuiltHasNone() {
        assertThat(CatchUp.restored(store)).isNull();
    }
}
