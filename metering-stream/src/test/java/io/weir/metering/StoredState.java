package io.weir.metering;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** All entries of all durable stores, as a file holds them: one a line, the store's name, the key and the value in hexadecimal. */
record StoredState(Map<String, Map<Bytes, byte[]>> byStore) {

    private static final HexFormat HEX = HexFormat.of();

    static StoredState of(MeteringDriver line) {
        Map<String, Map<Bytes, byte[]>> all = new LinkedHashMap<>();
        for (String store : MeteringTopology.LOGGED) {
            Map<Bytes, byte[]> entries = all.computeIfAbsent(store, any -> new TreeMap<>());
            try (KeyValueIterator<Bytes, byte[]> found = line.store(store).all()) {
                while (found.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = found.next();
                    entries.put(entry.key, entry.value);
                }
            }
        }
        return new StoredState(all);
    }

    static StoredState read(Path file) throws IOException {
        Map<String, Map<Bytes, byte[]>> all = new LinkedHashMap<>();
        for (String row : Files.readAllLines(file)) {
            String[] columns = row.split(" ", -1);
            all.computeIfAbsent(columns[0], any -> new TreeMap<>())
                    .put(Bytes.wrap(HEX.parseHex(columns[1])), HEX.parseHex(columns[2]));
        }
        return new StoredState(all);
    }

    List<String> rows() {
        List<String> rows = new ArrayList<>();
        byStore.forEach((store, entries) -> entries.forEach(
                (key, value) -> rows.add(String.join(" ", store, HEX.formatHex(key.get()), HEX.formatHex(value)))));
        return rows;
    }

    /** The same with another format version in every value of a store. */
    StoredState inFormat(byte version, String store) {
        Map<String, Map<Bytes, byte[]>> all = new LinkedHashMap<>(byStore);
        all.computeIfPresent(store, (name, entries) -> {
            Map<Bytes, byte[]> changed = new TreeMap<>();
            entries.forEach((key, value) -> {
                byte[] other = value.clone();
                other[0] = version;
                changed.put(key, other);
            });
            return changed;
        });
        return new StoredState(all);
    }
}
