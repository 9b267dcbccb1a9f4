package io.weir.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.UsageEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeenEventsTest {

    private final SeenEvents seen = new SeenEvents();

    @Test
    void aNumberOfASourceIsNewOnce() {
        assertThat(seen.add(event("a", 7L, "x"))).isTrue();
        assertThat(seen.add(event("a", 7L, "y"))).isFalse();
        assertThat(seen.add(event("b", 7L, "x"))).isTrue();
    }

    @Test
    void anIdIsNewOnceAmongManyOthers() {
        for (int id = 0; id < 10_000; id++) {
            assertThat(seen.add(event("a", null, "id-" + id))).isTrue();
        }
        for (int id = 0; id < 10_000; id++) {
            assertThat(seen.add(event("a", null, "id-" + id))).isFalse();
        }
    }

    private static UsageEvent event(String source, @Nullable Long sequence, String id) {
        return new UsageEvent("wksp", source, sequence, id, Instant.EPOCH, "", List.of());
    }
}
