package io.weir.metering.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.UsageEvent;
import io.weir.wire.SchemaRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A schema that the registry does not know yet is waited for, and nobody can make the line stand for long. */
class WriterSchemasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));
    private long nowNanos;
    private long registeredAtNanos = Long.MAX_VALUE;
    private long waitedNanos;

    private final WriterSchemas schemas =
            new WriterSchemas(registry, new Patience(PATIENCE, () -> nowNanos, this::sleep));

    @Test
    void aSchemaThatBecomesKnownWithin30SecondsIsKnown() {
        // Given
        registeredAtNanos = Duration.ofSeconds(29).toNanos();

        // When / Then
        assertThat(schemas.of(1)).isNotNull();
        assertThat(waited()).isBetween(Duration.ofSeconds(29), PATIENCE);
    }

    @Test
    void aSchemaThatStaysUnknownIsUnknownAfter30Seconds() {
        assertThat(schemas.of(1)).isNull();
        assertThat(waited()).isEqualTo(PATIENCE);
    }

    @Test
    void aSchemaIsWaitedForOnce() {
        // Given
        schemas.of(7);
        pass(Duration.ofDays(1));

        // When
        schemas.of(7);

        // Then
        assertThat(waited()).isEqualTo(PATIENCE);
    }

    @Test
    void aSchemaThatWasWaitedForInVainMayBecomeKnownLater() {
        // Given
        schemas.of(1);

        // When
        registry.register("usage-events-value", UsageEvent.getClassSchema());

        // Then
        assertThat(schemas.of(1)).isNotNull();
    }

    @Test
    void manyUnknownIdsTogetherAreWaitedForNoLongerThanOne() {
        // When
        for (int id = 1; id <= 50_000; id++) {
            schemas.of(id);
        }

        // Then
        assertThat(waited()).isEqualTo(PATIENCE);
    }

    @Test
    void patienceComesBackAtASecondPerMinute() {
        // Given
        schemas.of(7);
        pass(Duration.ofMinutes(10));

        // When
        schemas.of(8);

        // Then
        assertThat(waited().minus(PATIENCE)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void thereIsNeverMoreThanOneWholePatience() {
        // Given
        pass(Duration.ofDays(100));

        // When
        schemas.of(7);

        // Then
        assertThat(waited()).isEqualTo(PATIENCE);
    }

    @Test
    void idsThatNoRegistryGivesAreNotWaitedFor() {
        // When
        schemas.of(0);
        schemas.of(-1);
        schemas.of(Integer.MIN_VALUE);

        // Then
        assertThat(waited()).isZero();
    }

    @Test
    void withoutPatienceNothingIsWaitedFor() {
        // Given
        WriterSchemas impatient = new WriterSchemas(registry, new Patience(Duration.ZERO, () -> nowNanos, this::sleep));

        // When / Then
        assertThat(impatient.of(7)).isNull();
        assertThat(waited()).isZero();
    }

    private void sleep(long nanos) {
        nowNanos += nanos;
        waitedNanos += nanos;
        if (nowNanos >= registeredAtNanos) {
            registry.register("usage-events-value", UsageEvent.getClassSchema());
        }
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }
}
