package io.weir.metering.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The identity of a line, by published examples (rules.md §7). */
class LineIdTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/line-ids.csv", numLinesToSkip = 1)
    void isTheHashOfWhatTheLineIsFor(
            LocalDate day,
            String accountId,
            String workspaceId,
            @Nullable String resource,
            String item,
            @Nullable Integer retentionDays,
            int revision,
            String lineId) {
        // Given
        LineKey key = new LineKey(accountId, resource == null ? "" : resource, item, retentionDays);

        // When / Then
        assertThat(LineId.of(day, workspaceId, key, revision)).isEqualTo(lineId);
    }
}
