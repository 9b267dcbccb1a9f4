package io.weir.feecenter.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * A table as a file that a spreadsheet opens right: RFC 4180 in UTF-8, with the mark by which a spreadsheet knows that it is UTF-8. No cell
 * is a formula, whoever wrote it; plain numbers stay numbers.
 */
final class Csv {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What a spreadsheet may take for the beginning of a formula (OWASP), also in the wide letters of Chinese and Japanese. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private static final String END_OF_LINE = "\r\n";

    private final Writer writer;

    private Csv(Writer writer) {
        this.writer = writer;
    }

    /**
     * Answers with a file. It is written whole before the first byte is sent, or else an answer that has begun well could end in the middle.
     *
     * @param name of the file, of letters, digits, {@code . _ -}
     * @param rows passes each row on
     */
    static <R> void answer(Context context, String name, List<Column<R>> columns, Consumer<Consumer<R>> rows) {
        List<String> header = columns.stream().map(Column::name).toList();
        try {
            InputStream file = written(header, csv -> rows.accept(row -> csv.row(cells(columns, row))));
            context.contentType("text/csv; charset=utf-8");
            context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
            context.result(file);
        } catch (IOException e) {
            throw new UncheckedIOException("no room for the file " + name, e);
        }
    }

    private static <R> @Nullable Object[] cells(List<Column<R>> columns, R row) {
        return columns.stream().map(column -> column.cell().apply(row)).toArray();
    }

    /** A file that is gone as soon as it is read. */
    private static InputStream written(List<String> header, Consumer<Csv> rows) throws IOException {
        Path file = Files.createTempFile("weir-", ".csv");
        try {
            try (Writer writer = Files.newBufferedWriter(file)) {
                write(writer, header, rows);
            }
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Writes a whole file. */
    static void write(Writer writer, List<String> header, Consumer<Csv> rows) throws IOException {
        writer.write(BYTE_ORDER_MARK);
        Csv csv = new Csv(writer);
        csv.row(header.toArray());
        rows.accept(csv);
    }

    /** Adds a row; null is an empty cell, a decimal all its digits. */
    void row(@Nullable Object... cells) {
        Object[] texts = Arrays.stream(cells).map(cell -> defused(text(cell))).toArray();
        try {
            writer.write(CSVFormat.RFC4180.format(texts));
            writer.write(END_OF_LINE);
        } catch (IOException full) {
            throw new UncheckedIOException("no room for the rest of this file", full);
        }
    }

    private static String text(@Nullable Object cell) {
        return cell instanceof BigDecimal number ? number.toPlainString() : Objects.toString(cell, "");
    }

    private static String defused(String cell) {
        return FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
    }
}
