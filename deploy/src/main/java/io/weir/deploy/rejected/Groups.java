package io.weir.deploy.rejected;

import io.weir.usage.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refused records by reason, workspace and day, counted. */
final class Groups {

    /**
     * What belongs together.
     *
     * @param workspaceId as the record's key named it; empty where the key could not be one
     * @param day day of arrival, UTC
     */
    record Key(Reason reason, String workspaceId, LocalDate day) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::reason)
                .thenComparing(Key::workspaceId)
                .thenComparing(Key::day);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * What is known of a group.
     *
     * @param first ingest time of its first record
     * @param last ingest time of its newest record
     * @param newest where the newest one arrived on {@code usage-events}
     * @param detail what was wrong with the newest one
     */
    record Group(Key key, long count, Instant first, Instant last, Position newest, String detail) {

        private static Group of(Key key, Refusal refusal) {
            Instant at = refusal.usage().getIngestedAt();
            return new Group(key, 1, at, at, refusal.position(), refusal.usage().getDetail());
        }

        private Group plus(Group other) {
            Group newer = other.last.isBefore(last) ? this : other;
            return new Group(
                    key,
                    count + other.count,
                    first.isBefore(other.first) ? first : other.first,
                    newer.last,
                    newer.newest,
                    newer.detail);
        }
    }

    private final Map<Key, Group> groups = new TreeMap<>();

    void add(Refusal refusal) {
        Key key = new Key(
                refusal.usage().getReason(),
                refusal.workspaceId(),
                LocalDate.ofInstant(refusal.usage().getIngestedAt(), ZoneOffset.UTC));
        groups.merge(key, Group.of(key, refusal), Group::plus);
    }

    /** In the order of reason, workspace and day. */
    List<Group> inOrder() {
        return List.copyOf(groups.values());
    }
}
