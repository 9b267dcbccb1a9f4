package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.MeteringProgress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Avro decides once per process which classes it loads, so what a process needs shows only in one that does nothing else. */
class FreshProcessTest {

    private static final Map<String, String> SETTINGS = Map.of("schema.registry.url", "mock://fresh");
    private static final String PROGRESS = "00000000010410d00fe807";

    @Test
    void writesWithoutASystemProperty() throws Exception {
        assertThat(output(Writer.class)).isEqualTo(PROGRESS);
    }

    @Test
    void readsWithoutASystemProperty() throws Exception {
        assertThat(output(Reader.class)).isEqualTo("partition 2 of 8");
    }

    private static String output(Class<?> main) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output.strip();
    }

    static final class Writer {

        public static void main(String[] arguments) {
            AvroSerializer<MeteringProgress> serializer = new AvroSerializer<>();
            serializer.configure(SETTINGS, false);
            System.out.println(HexFormat.of()
                    .formatHex(serializer.serialize(
                            "progress",
                            new MeteringProgress(2, 8, Instant.ofEpochMilli(1000), Instant.ofEpochMilli(500)))));
        }
    }

    static final class Reader {

        public static void main(String[] arguments) {
            SchemaRegistry registry = SchemaRegistry.of(SETTINGS);
            registry.register("progress-value", MeteringProgress.getClassSchema());
            MeteringProgress read = new AvroDeserializer<>(registry, MeteringProgress.class)
                    .read(HexFormat.of().parseHex(PROGRESS));
            System.out.println("partition %d of %d".formatted(read.getPartition(), read.getPartitions()));
        }
    }
}
