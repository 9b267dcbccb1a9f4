package io.weir.deploy.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTest {

    @TempDir
    Path folder;

    @Test
    void filesHaveTheColumnsOfTheRulesAndLinesThatEndInLf() {
        // Given
        Result result = new Result(
                List.of(List.of("2026-03-02", "acct", "wksp", "", "log", "7", "2000000", "2.40", "CNY")),
                List.of(List.of("HEARTBEAT", "", "24"), List.of("REJECTED", "FUTURE", "1")),
                List.of());

        // When
        result.write(folder);

        // Then
        assertThat(folder.resolve("bill.csv")).content().isEqualTo("""
                day,account_id,workspace_id,resource,item,retention_days,quantity,amount,currency
                2026-03-02,acct,wksp,,log,7,2000000,2.40,CNY
                """);
        assertThat(folder.resolve("outcomes.csv")).content().isEqualTo("""
                outcome,reason,count
                HEARTBEAT,,24
                REJECTED,FUTURE,1
                """);
        assertThat(folder.resolve("lines.csv")).content().isEqualTo("""
                line_id,day,account_id,workspace_id,resource,item,retention_days,revision,quantity,amount,currency
                """);
    }
}
