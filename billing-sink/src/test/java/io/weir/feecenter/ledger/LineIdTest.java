package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.but;
import static io.weir.feecenter.ledger.TestLines.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.billing.BillLine;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class LineIdTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/line-ids.csv", numLinesToSkip = 1, emptyValue = "")
    void isTheHashOfWhatTheLineIsAbout(
            LocalDate day,
            String account,
            String workspace,
            String resource,
            String item,
            Integer retentionDays,
            int revision,
            String lineId) {
        BillLine line = but(
                line(account, item, revision, "1.00"),
                it -> it.setDay(day)
                        .setWorkspaceId(workspace)
                        .setResource(resource == null ? "" : resource)
                        .setRetentionDays(retentionDays));

        assertThat(LineId.of(line)).isEqualTo(lineId);
    }
}
