package io.weir.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final StringWriter printed = new StringWriter();
    private final Report report = new Report(new PrintWriter(printed));

    @Test
    void whatHoldsIsOkAndEverythingAddsUp() {
        // Given
        Check check = new Check("Records");
        check.remark("%d records", 3);

        // When
        report.print(List.of(check));

        // Then
        assertThat(printed.toString()).matches("(?s)Records +OK\n {2}3 records\n\nEverything adds up.\n");
    }

    @Test
    void ofManyViolationsTwentyAreShownAndAllAreCounted() {
        // Given
        Check check = new Check("Lines");
        for (int line = 0; line < 1_234; line++) {
            check.violation("line %d: %s", line, "a word ".repeat(30));
        }

        // When
        report.print(List.of(check, new Check("Ledger")));

        // Then
        assertThat(printed.toString().lines())
                .contains("  ! … and 1,214 more", "1 of 2 checks do not hold.")
                .anyMatch(line -> line.endsWith("1,234 DIFFER"))
                .allMatch(line -> line.length() <= 100);
    }
}
