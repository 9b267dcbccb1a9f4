package io.weir.publish;

import java.time.Instant;
import java.util.Optional;

/**
 * How a publisher is, at one moment: for the host's metrics and health.
 *
 * @param published events acknowledged to the host since the start
 * @param refused events refused since the start, for whatever reason
 * @param sent events acknowledged by the broker since the start, among them events of earlier starts
 * @param putAside events that the broker refuses for good and that stay in the spool until the next start
 * @param waiting events in the spool, those put aside among them
 * @param waitingBytes their size in bytes; alarm when it nears {@code limitBytes}
 * @param limitBytes the size at which usage is refused
 * @param lastSent when the broker last acknowledged an event; empty if it has not yet
 * @param trouble why nothing is sent at the moment; empty if all is well
 */
public record PublisherCounts(
        long published,
        long refused,
        long sent,
        long putAside,
        long waiting,
        long waitingBytes,
        long limitBytes,
        Optional<Instant> lastSent,
        Optional<String> trouble) {}
