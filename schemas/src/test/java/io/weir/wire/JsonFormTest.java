package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.billing.HoldReason;
import io.weir.billing.LineKind;
import io.weir.usage.MeterTotal;
import io.weir.usage.MeteredUsage;
import io.weir.usage.MeteringProgress;
import io.weir.usage.MissingRun;
import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import io.weir.usage.UsageGaps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON form of every record that leaves the metering stream is part of the contract (CONTRACTS.md). */
class JsonFormTest {

    private static final Path GOLDEN = Path.of("src/test/resources/json");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

    static Stream<SpecificRecord> records() {
        MeterTotal logs = new MeterTotal("log_records", "2000000", 12L, "0123456789abcdef0123456789abcdef");
        return Stream.of(
                new BillLine(
                        "9f86d081884c7d659a2feaa0c55ad015",
                        DAY,
                        "acct_north",
                        "wksp_a",
                        "",
                        "log",
                        7,
                        1,
                        LineKind.CORRECTION,
                        "-500000",
                        "-0.60",
                        "CNY",
                        "2000000",
                        "2.40",
                        new AppliedPrice("2024-09", LocalDate.of(2023, 11, 2), "1000000", "unit 1.2"),
                        List.of(logs),
                        TEN,
                        TEN.plusMillis(1),
                        List.of(1L, 2L),
                        212L),
                new HeldLine(
                        DAY, "acct_new", "wksp_a", "index-1", "log", null, HoldReason.NO_PRICE, "10.5", "0", null, 5L),
                new MeteringProgress(3, 4, TEN, TEN.minusSeconds(3600)),
                new MeteredUsage("wksp_a", "", TEN, TEN.plusSeconds(3600), 12L, List.of(logs)),
                new UsageGaps("wksp_a", "agent-7", TEN, List.of(new MissingRun(4L, 9L)), 1L, 6L, false),
                new RejectedUsage(
                        Reason.MALFORMED,
                        "no magic byte \u001b[31m\u00e9",
                        "usage-events",
                        3,
                        30283L,
                        TEN,
                        null,
                        ByteBuffer.wrap("{}".getBytes(UTF_8)),
                        2L,
                        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void theFormIsTheOneOfTheContract(SpecificRecord record) throws IOException {
        Path golden = GOLDEN.resolve(record.getSchema().getName() + ".json");

        assertThat(JsonForm.of(record) + "\n")
                .as("if the change of %s is meant, it is a change of the contract", golden)
                .isEqualTo(Files.readString(golden));
    }
}
