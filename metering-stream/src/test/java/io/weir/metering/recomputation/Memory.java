package io.weir.metering.recomputation;

import io.weir.metering.recomputation.Scenario.Event;
import io.weir.metering.recomputation.Scenario.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What was accepted, by both identities, and for how long it is remembered (rules.md §4). */
final class Memory {

    private static final Duration REMEMBERED = Duration.ofDays(35).plusMinutes(5);

    private record Source(String workspaceId, String source) {}

    private record Identity(String workspaceId, String source, String eventId) {}

    private record Content(Instant occurredAt, String resource, Set<Reading> readings) {}

    private record Copy(Instant ingest, Content content) {}

    private final Map<Source, Set<Long>> sequences = new HashMap<>();
    private final Map<Source, Instant> lastIngests = new HashMap<>();
    private final Map<Identity, Copy> copies = new HashMap<>();

    /** Whether an event that passed every other check was seen before; if not, it is accepted and remembered. */
    Outcome recall(Event event, Instant ingest, Instant clock) {
        return event.sequence() == null
                ? recallById(event, ingest, clock)
                : recallBySequence(event, event.sequence(), ingest, clock);
    }

    private Outcome recallBySequence(Event event, long sequence, Instant ingest, Instant clock) {
        Source source = new Source(event.workspaceId(), event.source());
        Instant last = lastIngests.get(source);
        if (last != null && isForgotten(last, clock)) {
            sequences.remove(source);
            lastIngests.remove(source);
        }
        if (!sequences.computeIfAbsent(source, unknown -> new HashSet<>()).add(sequence)) {
            return Outcome.DUPLICATE;
        }
        lastIngests.merge(source, ingest, (one, other) -> one.isAfter(other) ? one : other);
        return Outcome.ACCEPTED;
    }

    private Outcome recallById(Event event, Instant ingest, Instant clock) {
        Identity identity = new Identity(event.workspaceId(), event.source(), event.eventId());
        Content content = new Content(event.occurredAt(), event.resource(), Set.copyOf(event.readings()));
        Copy copy = copies.get(identity);
        if (copy == null || isForgotten(copy.ingest(), clock)) {
            copies.put(identity, new Copy(ingest, content));
            return Outcome.ACCEPTED;
        }
        return copy.content().equals(content) ? Outcome.DUPLICATE : Outcome.rejected("ID_REUSE");
    }

    private static boolean isForgotten(Instant ingest, Instant clock) {
        return clock.isAfter(ingest.plus(REMEMBERED));
    }
}
