package io.weir.deploy.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.usage.Reason;
import io.weir.usage.RejectedUsage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupsTest {

    private final Groups groups = new Groups();

    @Test
    void recordsAreCountedByReasonWorkspaceAndDayAndTheNewestIsShown() {
        // Given
        refuse("wksp", Reason.FUTURE, "2026-03-02T10:00:00Z", 1, "later one");
        refuse("wksp", Reason.FUTURE, "2026-03-02T09:00:00Z", 2, "earlier one");
        refuse("wksp", Reason.FUTURE, "2026-03-03T00:00:00Z", 3, "next day");
        refuse("", Reason.MALFORMED, "2026-03-02T09:00:00Z", 4, "no event, \"quoted\"");

        // Then
        assertThat(printed()).isEqualTo("""
                REASON             WORKSPACE  DAY              COUNT  FIRST     LAST      AT
                MALFORMED          -          2026-03-02           1  09:00:00  09:00:00  0:4
                    no event, "quoted"
                FUTURE             wksp       2026-03-02           2  09:00:00  10:00:00  0:1
                    later one
                FUTURE             wksp       2026-03-03           1  00:00:00  00:00:00  0:3
                    next day
                4 refused
                """);
        assertThat(printedAsCsv()).isEqualTo("""
                reason,workspace_id,day,count,first,last,partition,offset,detail
                MALFORMED,,2026-03-02,1,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,0,4,"no event, ""quoted""\"
                FUTURE,wksp,2026-03-02,2,2026-03-02T09:00:00Z,2026-03-02T10:00:00Z,0,1,later one
                FUTURE,wksp,2026-03-03,1,2026-03-03T00:00:00Z,2026-03-03T00:00:00Z,0,3,next day
                """);
    }

    private void refuse(String workspace, Reason reason, String at, long offset, String detail) {
        groups.add(new Refusal(
                workspace,
                new RejectedUsage(
                        reason,
                        detail,
                        "usage-events",
                        0,
                        offset,
                        Instant.parse(at),
                        null,
                        ByteBuffer.allocate(0),
                        0L,
                        "")));
    }

    private String printed() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        RejectedList.print(groups.inOrder(), out);
        return text.toString();
    }

    private String printedAsCsv() {
        StringWriter text = new StringWriter();
        RejectedList.printCsv(groups.inOrder(), new PrintWriter(text));
        return text.toString();
    }
}
