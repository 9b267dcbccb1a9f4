package io.weir.deploy.held;

import io.weir.billing.BillLine;
import io.weir.billing.HeldLine;
import io.weir.feecenter.ledger.HeldBackLine;
import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** What is held as one table: a row per charge and per line. */
final class HeldCsv {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator("\n")
            .setHeader(
                    "held_by",
                    "account_id",
                    "day",
                    "workspace_id",
                    "resource",
                    "item",
                    "retention_days",
                    "quantity",
                    "amount",
                    "currency",
                    "reason",
                    "detail",
                    "since",
                    "partition",
                    "offset",
                    "line_id",
                    "written_off")
            .get();

    private HeldCsv() {}

    /** Prints the header and all rows, the charges first; a figure that is not known is empty. */
    static void print(HeldLines lines, Writer out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, FORMAT);
        for (HeldCharge charge : lines.charges()) {
            print(charge, printer);
        }
        for (HeldBackLine line : lines.heldBack()) {
            print(line, printer);
        }
    }

    private static void print(HeldCharge charge, CSVPrinter printer) throws IOException {
        HeldLine line = charge.line();
        printer.printRecord(
                "METERING_STREAM",
                line.getAccountId(),
                line.getDay(),
                line.getWorkspaceId(),
                line.getResource(),
                line.getItem(),
                line.getRetentionDays(),
                line.getQuantity(),
                null,
                line.getCurrency(),
                line.getReason(),
                null,
                charge.since(),
                null,
                null,
                null,
                null);
    }

    private static void print(HeldBackLine held, CSVPrinter printer) throws IOException {
        BillLine line = held.line();
        printer.printRecord(
                "LEDGER",
                held.accountId(),
                line != null ? line.getDay() : null,
                line != null ? line.getWorkspaceId() : null,
                line != null ? line.getResource() : null,
                line != null ? line.getItem() : null,
                line != null ? line.getRetentionDays() : null,
                line != null ? line.getQuantity() : null,
                line != null ? line.getAmount() : null,
                line != null ? line.getCurrency() : null,
                held.reason(),
                held.detail(),
                held.heldAt(),
                held.partition(),
                held.offset(),
                line != null ? line.getLineId() : null,
                held.writtenOff());
    }
}
