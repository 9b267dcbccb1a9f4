package io.weir.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When the tasks of a thread may do what is due for others (rules.md §2). */
class TurnsTest {

    private final Turns turns = new Turns(50);

    @Test
    void twoTasksOfAThreadTakeNoSlicesOneAfterTheOther() {
        assertThat(turns.take(1_000)).isTrue();
        assertThat(turns.take(1_025)).isFalse();
        assertThat(turns.take(1_050)).isTrue();
    }

    @Test
    void anotherThreadHasTurnsOfItsOwn() {
        assertThat(turns.take(1_000)).isTrue();
        assertThat(CompletableFuture.supplyAsync(() -> turns.take(1_001)).join())
                .isTrue();
    }

    @Test
    void aTimerThatIsSetBackBlocksNothing() {
        assertThat(turns.take(1_000)).isTrue();
        assertThat(turns.take(1)).isTrue();
    }
}
