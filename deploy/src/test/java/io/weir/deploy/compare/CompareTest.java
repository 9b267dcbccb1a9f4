package io.weir.deploy.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two bills are compared row by row, and a cent is a difference. */
class CompareTest {

    private static final String HEADER =
            "day,account_id,workspace_id,resource,item,retention_days,quantity,amount,currency\n";
    private static final String LOG = "2026-03-02,acct_a,wksp_a,,log,7,1000,1.20,CNY\n";
    private static final String TRACE = "2026-03-02,acct_a,wksp_a,,apm_trace,3,2000000,4.00,CNY\n";
    private static final String NEXT_DAY = "2026-03-03,acct_b,wksp_b,index,log,14,5,0.00,USD\n";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path a;
    private Path b;

    @BeforeEach
    void nameTheFiles() {
        a = folder.resolve("a.csv");
        b = folder.resolve("b.csv");
    }

    @Test
    void billsWithTheSameNumbersInAnotherOrderAndOtherZerosAreEqual() throws IOException {
        // Given
        Files.writeString(a, HEADER + LOG + TRACE);
        Files.writeString(b, HEADER + TRACE.replace("4.00", "4.0") + LOG.replace("1000", "1000.000"));

        // When
        int status = compare();

        // Then
        assertThat(status).isZero();
        assertThat(out.toString()).contains("The bills are equal.").containsPattern("equal +2 rows");
    }

    @Test
    void aRowThatOnlyOneHasIsADifference() throws IOException {
        // Given
        Files.writeString(a, HEADER + LOG + TRACE);
        Files.writeString(b, HEADER + LOG + NEXT_DAY);

        // When
        int status = compare();

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(out.toString())
                .contains("only in A: 2026-03-02 acct_a wksp_a apm_trace 3 d A: 2000000 = CNY 4.00")
                .contains("only in B: 2026-03-03 acct_b wksp_b index log 14 d B: 5 = USD 0.00")
                .containsPattern("CNY +5.20 +1.20 +-4.00")
                .containsPattern("apm_trace CNY +4.00 +0.00 +-4.00")
                .doesNotContainPattern("log CNY +1.20");
    }

    @Test
    void anotherCentOrAnotherQuantityIsADifference() throws IOException {
        // Given
        Files.writeString(a, HEADER + LOG + TRACE);
        Files.writeString(b, HEADER + LOG.replace("1.20", "1.21") + TRACE.replace("2000000", "2000001"));

        // When
        int status = compare();

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).containsPattern("different +2 rows").containsPattern("equal +0 rows");
    }

    @Test
    void theSameAmountInAnotherCurrencyIsADifference() throws IOException {
        // Given
        Files.writeString(a, HEADER + LOG);
        Files.writeString(b, HEADER + LOG.replace("CNY", "USD"));

        // When / Then
        assertThat(compare()).isEqualTo(1);
    }

    @Test
    void onlyTheNamedDaysAreCompared() throws IOException {
        // Given
        Files.writeString(a, HEADER + LOG + NEXT_DAY);
        Files.writeString(b, HEADER + NEXT_DAY);

        // When / Then
        assertThat(compare("--from", "2026-03-03", "--to", "2026-03-03")).isZero();
        assertThat(compare("--to", "2026-03-02")).isEqualTo(1);
    }

    @Test
    void aFolderStandsForTheBillInIt() throws IOException {
        // Given
        Files.writeString(folder.resolve("bill.csv"), HEADER + LOG);
        Files.writeString(b, HEADER + LOG);
        a = folder;

        // When / Then
        assertThat(compare()).isZero();
    }

    @Test
    void manyDifferencesAreShortenedOnTheConsoleAndWholeInTheFile() throws IOException {
        // Given
        StringBuilder rows = new StringBuilder(HEADER);
        for (int day = 1; day <= 30; day++) {
            rows.append("2026-04-%02d,acct_a,wksp_a,,log,7,1,0.01,CNY%n".formatted(day));
        }
        Files.writeString(a, rows);
        Files.writeString(b, HEADER);
        Path all = folder.resolve("all.csv");

        // When
        compare("--out", all.toString());

        // Then
        assertThat(out.toString()).contains("… and 10 more");
        assertThat(all).content().hasLineCount(31).contains("only in A,2026-04-30,acct_a,wksp_a,,log,7,1,0.01,CNY,,,");
    }

    @Test
    void aKeyThatStandsTwiceIsNoBill() throws IOException {
        // Given
        Files.writeString(a, HEADER + LOG + LOG);
        Files.writeString(b, HEADER + LOG);

        // When / Then
        assertThat(compare()).isEqualTo(1);
        assertThat(err.toString()).contains("record 2", "a bill has one row for each key");
    }

    @Test
    void aTableWithOtherColumnsIsNoBill() throws IOException {
        // Given
        Files.writeString(a, "day,amount\n2026-03-02,1.20\n");
        Files.writeString(b, HEADER);

        // When / Then
        assertThat(compare()).isEqualTo(1);
        assertThat(err.toString()).contains("it has no columns [account_id,");
    }

    private int compare(String... options) {
        CommandLine command = new CommandLine(new Compare())
                .setOut(new PrintWriter(out))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.append(String.valueOf(failure.getMessage()));
                    return 1;
                });
        String[] arguments = new String[options.length + 2];
        arguments[0] = a.toString();
        arguments[1] = b.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return command.execute(arguments);
    }
}
