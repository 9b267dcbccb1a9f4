package io.weir.deploy.compare;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a bill from a table in the columns of {@code bill.csv} (rules.md §9), in any order of columns and rows. */
final class BillFile {

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    private static final List<String> COLUMNS = List.of(
            "day",
            "account_id",
            "workspace_id",
            "resource",
            "item",
            "retention_days",
            "quantity",
            "amount",
            "currency");

    private BillFile() {}

    static Bill read(Path file) {
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = FORMAT.parse(reader)) {
            requireColumns(file, parser.getHeaderNames());
            SortedMap<RowKey, Charged> rows = new TreeMap<>();
            for (CSVRecord record : parser) {
                if (rows.put(key(record), charged(record)) != null) {
                    throw new Failure("%s, record %d: there is a row for %s already; a bill has one row for each key"
                            .formatted(
                                    file, record.getRecordNumber(), key(record).inWords()));
                }
            }
            return new Bill(rows);
        } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
            throw new Failure("%s is not a bill: %s".formatted(file, unreadable), unreadable);
        }
    }

    private static void requireColumns(Path file, List<String> found) {
        List<String> missing = new ArrayList<>(COLUMNS);
        missing.removeAll(found);
        if (!missing.isEmpty()) {
            throw new Failure("%s is not a bill: it has no columns %s".formatted(file, missing));
        }
    }

    private static RowKey key(CSVRecord record) {
        return new RowKey(
                LocalDate.parse(record.get("day")).toString(),
                record.get("account_id"),
                record.get("workspace_id"),
                record.get("resource"),
                record.get("item"),
                record.get("retention_days"));
    }

    private static Charged charged(CSVRecord record) {
        return new Charged(number(record, "quantity"), number(record, "amount"), record.get("currency"));
    }

    private static BigDecimal number(CSVRecord record, String column) {
        try {
            return new BigDecimal(record.get(column));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(
                    "record %d has %s '%s', which is no number"
                            .formatted(record.getRecordNumber(), column, record.get(column)),
                    noNumber);
        }
    }
}
