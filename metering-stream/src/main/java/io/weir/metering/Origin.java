package io.weir.metering;

import io.weir.metering.state.StateReader;
import io.weir.metering.state.StateWriter;
import io.weir.wire.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the state of a partition was built from. It is kept with the state, and a start that finds something else is refused:
 * a topic that was deleted and created anew has the old name and another id.
 *
 * @param partitions number of partitions of {@code usage-events}, fixed for life (rules.md §3)
 * @param zoneRules version of the time-zone rules by which days were cut, such as {@code 2025b}
 * @param topicIds the ids that the broker gave to the changelogs and to the topics on which the state depends, by name
 */
record Origin(int partitions, String zoneRules, SortedMap<String, Uuid> topicIds) {

    private static final Bytes KEY = Bytes.wrap("origin".getBytes(StandardCharsets.UTF_8));
    private static final int VERSION = 1;

    /** Defensive copy. */
    Origin {
        topicIds = Collections.unmodifiableSortedMap(new TreeMap<>(topicIds));
    }

    /** With the time-zone rules of this JVM. */
    static Origin of(int partitions, Map<String, Uuid> topicIds) {
        return new Origin(
                partitions, ZoneRulesProvider.getVersions("UTC").lastEntry().getKey(), new TreeMap<>(topicIds));
    }

    /**
     * Compares with what the state was built from, if that is known. Newer time-zone rules are taken over.
     *
     * @throws StartRefused if the state must not be used with what is here now
     */
    void requireFit(KeyValueStore<Bytes, byte[]> partitionStore) {
        byte[] stored = partitionStore.get(KEY);
        if (stored != null) {
            requireFit(restored(stored));
        }
    }

    /** Notes in the state what it is built from, if that is new. */
    void remember(KeyValueStore<Bytes, byte[]> partitionStore) {
        byte[] now = stored();
        if (!Arrays.equals(now, partitionStore.get(KEY))) {
            partitionStore.put(KEY, now);
        }
    }

    private void requireFit(Origin built) {
        if (partitions != built.partitions) {
            throw StartRefused.otherPartitions(partitions, built.partitions);
        }
        if (zoneRules.compareTo(built.zoneRules) < 0) {
            throw new StartRefused(
                    "this Java has time-zone rules %s, the state was built with %s; days could begin elsewhere: start it with a Java that has %s or newer"
                            .formatted(zoneRules, built.zoneRules, built.zoneRules));
        }
        requireSameNames(built.topicIds.keySet());
        topicIds.forEach((topic, id) -> requireSame(topic, built.topicIds.getOrDefault(topic, id), id));
    }

    /** A live stream's state must not go on as a shadow's, nor the reverse. Changelogs may come and go with the release. */
    private void requireSameNames(Set<String> built) {
        Set<String> others = new TreeSet<>(built);
        others.removeAll(topicIds.keySet());
        others.removeIf(topic -> topic.endsWith(Changelogs.ENDING));
        if (!others.isEmpty()) {
            throw new StartRefused(
                    "the state was built from the topics %s, which this start does not read: set %s as it was, or another weir.application.id"
                            .formatted(others, TopicNames.KEY));
        }
    }

    private static void requireSame(String topic, Uuid built, Uuid found) {
        if (!found.equals(built)) {
            throw StartRefused.untilRebuilt(
                    "the topic %s has id %s, the state was built with %s: it was deleted and created anew"
                            .formatted(topic, found, built));
        }
    }

    private byte[] stored() {
        StateWriter out = new StateWriter(VERSION).number(partitions).text(zoneRules);
        topicIds.forEach((topic, id) -> out.text(topic).text(id.toString()));
        return out.bytes();
    }

    private static Origin restored(byte[] stored) {
        StateReader in = new StateReader(stored, VERSION);
        int partitions = (int) in.number();
        String zoneRules = in.text();
        SortedMap<String, Uuid> topicIds = new TreeMap<>();
        while (in.hasMore()) {
            topicIds.put(in.text(), Uuid.fromString(in.text()));
        }
        return new Origin(partitions, zoneRules, topicIds);
    }
}
