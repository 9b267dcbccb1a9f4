package io.weir.deploy.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import io.weir.billing.LineKind;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssuedLinesTest {

    @Test
    void linesAreSortedByTheirIdAndWrittenInPlainDigits() {
        // Given
        IssuedLines lines = new IssuedLines(
                List.of(line("bb", "log", 7, 1, "-1500.00", "-0.5"), line("aa", "trigger", null, 0, "20000", "2.00")));

        // Then
        assertThat(lines.asIssued())
                .containsExactly(
                        List.of("aa", "2026-03-02", "acct", "wksp", "", "trigger", "", "0", "20000", "2.00", "CNY"),
                        List.of("bb", "2026-03-02", "acct", "wksp", "", "log", "7", "1", "-1500", "-0.50", "CNY"));
    }

    @Test
    void theNetBillSumsTheLinesOfAGroup() {
        // Given
        IssuedLines lines = new IssuedLines(List.of(
                line("aa", "log", 7, 0, "2000", "2.40"),
                line("bb", "log", 7, 1, "500.5", "0.60"),
                line("cc", "log", 14, 0, "1", "0.00")));

        // Then
        assertThat(lines.net())
                .containsExactly(
                        List.of("2026-03-02", "acct", "wksp", "", "log", "14", "1", "0.00", "CNY"),
                        List.of("2026-03-02", "acct", "wksp", "", "log", "7", "2500.5", "3.00", "CNY"));
    }

    @Test
    void aGroupThatIsCorrectedToNothingKeepsItsRow() {
        // Given
        IssuedLines lines = new IssuedLines(
                List.of(line("aa", "log", 7, 0, "2000", "2.40"), line("bb", "log", 7, 1, "-2000", "-2.40")));

        // Then
        assertThat(lines.net())
                .containsExactly(List.of("2026-03-02", "acct", "wksp", "", "log", "7", "0", "0.00", "CNY"));
    }

    private static BillLine line(
            String id, String item, @Nullable Integer retention, int revision, String quantity, String amount) {
        return BillLine.newBuilder()
                .setLineId(id)
                .setDay(LocalDate.of(2026, 3, 2))
                .setAccountId("acct")
                .setWorkspaceId("wksp")
                .setResource("")
                .setItem(item)
                .setRetentionDays(retention)
                .setRevision(revision)
                .setKind(LineKind.CLOSE)
                .setQuantity(quantity)
                .setAmount(amount)
                .setCurrency("CNY")
                .setNetQuantity(quantity)
                .setNetAmount(amount)
                .setPrice(null)
                .setMeters(List.of())
                .setFirstIngestedAt(null)
                .setLastIngestedAt(null)
                .setBindingSeqs(List.of())
                .setControlOffset(0)
                .build();
    }
}
