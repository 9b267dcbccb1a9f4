package io.weir.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import io.weir.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small compressed batches may hold records that are larger than all limits; the line goes on, with less heap than they take together. */
class LargeRecordsTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int RECORDS = 20;
    private static final byte[] KEY = TinyStream.WORKSPACE.getBytes(UTF_8);
    private static final byte[] ZEROS = new byte[64 * MEBIBYTE];

    @TempDir
    Path folder;

    @Test
    void recordsOf64MebibytesAreRefusedOneByOneAndTheNextOnesAreCounted() throws Exception {
        try (TinyStream stream = new TinyStream(folder, "large-records", Map.of())) {
            // When
            for (int record = 0; record < RECORDS; record++) {
                stream.topics.write(record % 2 == 0 ? "zstd" : "gzip", stream.end, KEY, ZEROS, List.of());
            }
            stream.topics.write("lz4", stream.end, ZEROS, new byte[] {1, 2, 3}, List.of());
            stream.topics.write("zstd", stream.end, ZEROS, null, List.of());
            stream.topics.write(
                    "zstd",
                    stream.end,
                    KEY,
                    stream.topics.written(stream.event("large-header")),
                    List.of(new RecordHeader("zeros", ZEROS)));
            stream.topics.write(
                    "none", stream.end, KEY, stream.topics.written(stream.event("many-headers")), manyHeaders());
            stream.topics.write("none", stream.end, KEY, new byte[] {1, 2, 3}, manyHeaders());
            Instant later = stream.end.plus(Duration.ofMinutes(5));
            stream.topics.move(later);
            stream.awaitMetered(later);

            // Then
            assertThat(stream.records("ACCEPTED")).isEqualTo(TinyStream.ACCEPTED + 2);
            List<RejectedUsage> rejected = new ArrayList<>(stream.topics.read(Topics.REJECTED_USAGE));
            assertThat(rejected).hasSize((int) TinyStream.REJECTED + RECORDS + 2);
            rejected.removeIf(refusal -> refusal.getOriginalLength() != ZEROS.length);
            String sha256 = DigestUtils.sha256Hex(ZEROS);
            assertThat(rejected).hasSize(RECORDS).allSatisfy(refusal -> {
                assertThat(refusal.getReason()).isEqualTo(Reason.MALFORMED);
                assertThat(refusal.getOriginalValue().remaining()).isEqualTo(MEBIBYTE);
                assertThat(refusal.getOriginalSha256()).isEqualTo(sha256);
            });
        }
    }

    /** 200 headers, 500 KB in all. */
    private static List<Header> manyHeaders() {
        return IntStream.range(0, 200)
                .<Header>mapToObj(number -> new RecordHeader("header-" + number, new byte[2_500]))
                .toList();
    }
}
