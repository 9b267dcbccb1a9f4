package io.weir.metering.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A usage event as it lies in its bytes: where each name begins and how long it is, and the numbers. One object is filled
 * again for each record, so that the hot path makes no strings.
 */
public final class UsageView {

    /** More readings than an event may have, by one: enough to see that there are too many. */
    static final int READINGS_KEPT = Checks.MOST_READINGS + 1;

    byte[] bytes = {};
    int workspaceFrom;
    int workspaceLength;
    int sourceFrom;
    int sourceLength;
    boolean sequenced;
    long sequence;
    int eventIdFrom;
    int eventIdLength;
    long occurredAtMillis;
    int resourceFrom;
    int resourceLength;
    int readings;
    final int[] meterFrom = new int[READINGS_KEPT];
    final int[] meterLength = new int[READINGS_KEPT];
    final long[] quantity = new long[READINGS_KEPT];

    String workspaceId() {
        return text(workspaceFrom, workspaceLength);
    }

    String source() {
        return text(sourceFrom, sourceLength);
    }

    String meter(int reading) {
        return text(meterFrom[reading], meterLength[reading]);
    }

    String text(int from, int length) {
        return new String(bytes, from, length, UTF_8);
    }
}
