package io.weir.deploy.result;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Tables as files: a header first, lines end in LF (rules.md §9). */
public final class Csv {

    private Csv() {}

    /** Writes a table, in place of a file that is there. */
    public static void write(Path file, List<String> header, List<List<String>> rows) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setRecordSeparator("\n")
                .setHeader(header.toArray(String[]::new))
                .get();
        try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), format)) {
            printer.printRecords(rows);
        } catch (IOException refused) {
            throw new Failure("Cannot write " + file + ": " + refused, refused);
        }
    }
}
