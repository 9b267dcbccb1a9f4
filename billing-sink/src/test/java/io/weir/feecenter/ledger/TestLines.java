package io.weir.feecenter.ledger;

import io.weir.billing.AppliedPrice;
import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import io.weir.usage.MeterTotal;
import io.weir.wire.AvroDeserializer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Bill lines as the metering stream would issue them, and spoilt ones. */
public final class TestLines {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant INGESTED = Instant.parse("2026-03-02T10:15:00Z");

    static {
        // Loading the deserializer makes Avro trust the generated classes, which copying a line needs.
        new AvroDeserializer<BillLine>().close();
    }

    private TestLines() {}

    /** Revision 0 in CNY. */
    public static BillLine line(String account, String item, String amount) {
        return line(account, item, 0, amount);
    }

    /** A line in CNY; its quantity is 10 and its net figures are its own. */
    public static BillLine line(String account, String item, int revision, String amount) {
        return withItsId(new BillLine(
                "",
                DAY,
                account,
                "wksp_tests",
                "",
                item,
                14,
                revision,
                revision == 0 ? LineKind.CLOSE : LineKind.CORRECTION,
                amount.startsWith("-") ? "-10" : "10",
                amount,
                "CNY",
                "10",
                amount,
                new AppliedPrice("2026-01", LocalDate.of(2026, 1, 1), "1000000", "unit 1.5"),
                List.of(new MeterTotal("log_records", "10", 3L, "00000000000000000000000000000007")),
                INGESTED,
                INGESTED.plusSeconds(60),
                List.of(1L, 4L),
                17L));
    }

    /** The line with a change that its id does not cover, or with a wrong id. */
    public static BillLine but(BillLine line, UnaryOperator<BillLine.Builder> change) {
        return change.apply(BillLine.newBuilder(line)).build();
    }

    /** The line with the id of what it is about. */
    public static BillLine withItsId(BillLine line) {
        return but(line, it -> it.setLineId(LineId.of(line)));
    }

    /** The lines as partition 0 brings them, one offset each from this one on. */
    static List<ReceivedLine> received(long firstOffset, List<BillLine> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> received(firstOffset + i, lines.get(i)))
                .toList();
    }

    private static ReceivedLine received(long offset, BillLine line) {
        return new ReceivedLine(0, offset, ByteBuffer.wrap(new byte[] {0, 1, 2}), line, "");
    }

    /** A record that is no line. */
    static ReceivedLine unreadable(long offset) {
        return new ReceivedLine(0, offset, ByteBuffer.wrap(new byte[] {66}), null, "the bytes are not a BillLine");
    }
}
