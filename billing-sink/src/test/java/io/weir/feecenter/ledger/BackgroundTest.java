package io.weir.feecenter.ledger;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    private final Background background = new Background("test");
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void whatFailsIsTriedAgainAndKeepsNothingElseFromBeingDone() {
        // Given
        AtomicInteger tries = new AtomicInteger();

        // When
        background.repeat(Duration.ofMillis(1), () -> {
            background.attempt("It fails", () -> {
                tries.incrementAndGet();
                throw new IllegalStateException("as it must");
            });
            background.attempt("It is not done", done::incrementAndGet);
        });

        // Then
        await().until(() -> tries.get() > 3 && done.get() > 3);
        background.end(() -> {});
        assertThat(background.failures()).isEqualTo(tries.get());
    }

    @Test
    void whatIsUnderWayEndsBeforeWhatItUsesIsClosedAndNothingBeginsAfterwards() throws Exception {
        // Given
        CountDownLatch began = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        background.repeat(Duration.ZERO, () -> {
            began.countDown();
            await().until(background::isEnding);
            assertThat(closed).isFalse();
            done.incrementAndGet();
        });
        assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();

        // When
        background.end(() -> closed.set(true));

        // Then
        assertThat(closed).isTrue();
        assertThat(done).hasValue(1);
    }

    @Test
    void aQuickAnswerIsAskedForAgainAfterThePauseAndASlowOneAfterALongRest() {
        assertThat(background.attemptSparingly("quick", Duration.ofHours(1), () -> {}))
                .isEqualTo(Duration.ofHours(1));
        assertThat(background.attemptSparingly(
                        "slow",
                        Duration.ZERO,
                        () -> await().pollDelay(Duration.ofMillis(600)).until(() -> true)))
                .isGreaterThan(Duration.ofSeconds(11));
    }
}
