package io.weir.metering;

import static io.weir.metering.SmallWorld.TEN;
import static io.weir.metering.SmallWorld.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.MissingRun;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import io.weir.usage.UsageGaps;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line says on {@code usage-gaps} what its producers numbered and nobody accepted (rules.md §4). */
class UsageGapsTest {

    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);

    @TempDir
    private Path state;

    private SmallWorld world;

    @BeforeEach
    void begin() {
        world = new SmallWorld(state);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aGapIsReportedWhenNothingMoreComesThanHeartbeats() {
        // Given
        use("source", 5);

        // When
        world.line.tick(TEN.plus(Duration.ofHours(2)));

        // Then
        assertThat(world.line.gaps())
                .containsExactly(new UsageGaps(
                        WORKSPACE,
                        "source",
                        TEN.plus(Duration.ofHours(2)),
                        List.of(new MissingRun(0L, 4L)),
                        1L,
                        5L,
                        false));
        assertThat(world.line.missing()).isEqualTo(5);
    }

    @Test
    void aGapThatHasClosedOverARestartLeaves() {
        // Given
        use("source", 1);
        world.line.tick(TEN.plus(Duration.ofHours(2)));
        world.line.restart();

        // When
        use("source", 0);
        world.line.restart();
        world.line.tick(TEN.plus(Duration.ofHours(3)));

        // Then
        assertThat(world.line.gaps()).extracting(UsageGaps::getNumbers).containsExactly(1L, 0L);
        assertThat(world.line.missing()).isZero();
    }

    @Test
    void manyGapsOfManySourcesAreReportedOnceEachAndFinallyWhenForgotten() {
        // Given
        for (int source = 0; source < 3_000; source++) {
            use("source-" + source, 1);
        }

        // When
        world.line.tick(TEN.plus(Duration.ofHours(2)));
        world.line.tick(TEN.plus(Duration.ofHours(3)));

        // Then
        assertThat(world.line.gaps()).hasSize(3_000).noneMatch(UsageGaps::getIsFinal);
        assertThat(world.line.missing()).isEqualTo(3_000);
        world.line.tick(TEN.plus(REMEMBERED).plusMillis(1));
        assertThat(world.line.gaps()).hasSize(3_000).allMatch(UsageGaps::getIsFinal);
        assertThat(world.line.missing()).isZero();
    }

    @Test
    void whatIsForgottenLeavesTheState() {
        // Given
        use("source", 1);
        use("source", null);

        // When
        world.line.tick(TEN.plus(Duration.ofDays(36)));

        // Then
        assertThat(world.line.stored(MeteringTopology.SOURCES)).isZero();
        assertThat(world.line.stored(MeteringTopology.SEEN_IDS)).isZero();
        assertThat(world.line.stored(MeteringTopology.GAPS)).isZero();
    }

    private void use(String source, @Nullable Integer sequence) {
        Instant at = TEN;
        world.line.arrive(
                at,
                new UsageEvent(
                        WORKSPACE,
                        source,
                        sequence == null ? null : sequence.longValue(),
                        "id",
                        at,
                        "",
                        List.of(new Reading("log_records", 1L))));
    }
}
