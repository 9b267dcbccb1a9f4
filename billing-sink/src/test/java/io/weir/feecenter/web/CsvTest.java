package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    /** What breaks files and what begins formulas, among harmless letters. */
    private static final String NASTY = "=+-@\t\r\n\"',;| a0.1\uFF1D\uFF0B\uFF0D\uFF20\u4E2D\uFEFF";

    @Test
    void aFileBeginsWithTheMarkOfUtf8AndItsLinesEndAsRfc4180Says() throws IOException {
        assertThat(written(List.of("day", "a \"name\", quoted"), List.of("2026-03-02", "x")))
                .isEqualTo("\uFEFFday,\"a \"\"name\"\", quoted\"\r\n2026-03-02,x\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+861380000",
                "-1+1",
                "@SUM(A1)",
                "\tx",
                "\r=1",
                "\n=1",
                "=cmd|' /C calc'!A0",
                "-",
                "-1.",
                "-1e5",
                "\uFF1D1"
            })
    void aCellThatMightBeAFormulaGetsAnApostrophe(String cell) throws IOException {
        assertThat(read(written(List.of("head"), List.of(cell))).get(1)).containsExactly("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-12.30", "0", "1000000", "-0.00"})
    void aPlainNumberStaysANumber(String cell) throws IOException {
        assertThat(read(written(List.of("head"), List.of(cell))).get(1)).containsExactly(cell);
    }

    @Test
    void aDecimalIsWrittenWithAllItsDigits() throws IOException {
        StringWriter file = new StringWriter();
        Csv.write(
                file,
                List.of("n", "m", "nothing"),
                csv -> csv.row(new BigDecimal("1E+3"), new BigDecimal("-0.10"), null));

        assertThat(read(file.toString()).get(1)).containsExactly("1000", "-0.10", "");
    }

    @Test
    void whateverIsWrittenIsReadBackAndNeverAFormula() throws IOException {
        Random random = new Random(4180);
        for (int round = 0; round < 2_000; round++) {
            List<String> cells = List.of(nasty(random), nasty(random), nasty(random));

            List<String> back = read(written(List.of("a", "b", "c"), cells)).get(1);

            assertThat(back).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(back.get(i)).isIn(cells.get(i), "'" + cells.get(i));
                assertThat(back.get(i))
                        .matches("(?s)(-?[0-9]+(\\.[0-9]+)?)|([^=+@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20-].*)|");
            }
        }
    }

    private static String nasty(Random random) {
        StringBuilder cell = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            cell.append(NASTY.charAt(random.nextInt(NASTY.length())));
        }
        return cell.toString();
    }

    private static String written(List<String> header, List<String> row) throws IOException {
        StringWriter file = new StringWriter();
        Csv.write(file, header, csv -> csv.row(row.toArray()));
        return file.toString();
    }

    private static List<List<String>> read(String file) throws IOException {
        assertThat(file).startsWith("\uFEFF");
        List<List<String>> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(file.substring(1)), CSVFormat.RFC4180)) {
            for (CSVRecord record : parser) {
                rows.add(record.toList());
            }
        }
        return rows;
    }
}
