package io.weir.deploy.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.usage.UsageEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Gives an id to events that have none, and finds identities that a file gives twice (rules.md §4). The id is made from the
 * event's content and says the how manieth with this content it is: the same file gives the same ids wherever it is sent from.
 */
final class Identities {

    private record Seen(long line, String content) {}

    private final Map<String, Integer> copies = new HashMap<>();
    private final Map<String, Seen> seen = new HashMap<>();

    /** The event with an id. */
    UsageEvent named(UsageEvent event) {
        if (!event.getEventId().isEmpty()) {
            return event;
        }
        String content = content(event) + "\n" + event.getSource() + "\n" + event.getSequence();
        String hash = DigestUtils.sha256Hex(content.getBytes(UTF_8)).substring(0, 32);
        return UsageEvent.newBuilder(event)
                .setEventId(hash + "-" + copies.merge(hash, 1, Integer::sum))
                .build();
    }

    /** What contradicts an earlier line; empty if nothing does. */
    Optional<String> conflict(long line, UsageEvent event) {
        String identity = String.join(
                "\n",
                event.getWorkspaceId(),
                event.getSource(),
                event.getSequence() == null ? "id " + event.getEventId() : "sequence " + event.getSequence());
        Seen now = new Seen(line, DigestUtils.sha256Hex(content(event).getBytes(UTF_8)));
        Seen earlier = seen.putIfAbsent(identity, now);
        return earlier == null || earlier.content().equals(now.content())
                ? Optional.empty()
                : Optional.of("it has the identity of line %d and another content".formatted(earlier.line()));
    }

    /** What makes two events with one identity the same (check 12). */
    private static String content(UsageEvent event) {
        return event.getReadings().stream()
                .map(reading -> reading.getMeter() + "=" + reading.getQuantity())
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(
                        ",",
                        event.getWorkspaceId() + "\n" + event.getOccurredAt().toEpochMilli() + "\n"
                                + event.getResource() + "\n",
                        ""));
    }
}
