package io.weir.deploy.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SelectionTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine rejected = new CommandLine(new Rejected()).setErr(new PrintWriter(err));

    @Test
    void nothingIsSentAgainUnlessItIsSaidWhat() {
        assertThat(rejected.execute("resend", "--yes")).isEqualTo(2);
        assertThat(err.toString()).contains("Say which: --reason, --workspace, --since or --at");
    }

    @Test
    void aPlaceIsAPartitionAndAnOffset() {
        assertThat(rejected.execute("resend", "--at", "17")).isEqualTo(2);
        assertThat(err.toString()).contains("'17' is not PARTITION:OFFSET, such as 2:17");
    }

    @Test
    void aTimeIsADayOrAnInstant() {
        assertThat(rejected.execute("list", "--since", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("'yesterday' is not a time such as 2026-03-02");
    }

    @Test
    void aReasonIsOneOfTheRules() {
        assertThat(rejected.execute("list", "--reason", "LATE")).isEqualTo(2);
        assertThat(err.toString()).contains("UNKNOWN_WORKSPACE");
    }
}
