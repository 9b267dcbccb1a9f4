package io.weir.wire;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for a broker, a database, a disk or a process on a machine that has much else to do. */
public final class Patience {

    /** Three minutes: only a failure takes so long. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private Patience() {}

    /** Awaitility with this patience; by itself it gives up after ten seconds. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE);
    }
}
