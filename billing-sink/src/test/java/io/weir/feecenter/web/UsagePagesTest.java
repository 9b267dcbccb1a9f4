package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.account.Role;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsagePagesTest {

    private TestConsole console;
    private String page;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
        page = "/workspaces/%s/usage".formatted(console.shop);
    }

    @AfterEach
    void close() {
        console.close();
    }

    private void use(String hour, long records) {
        Instant start = Instant.parse(hour);
        console.database
                .jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO hourly_usage (workspace_id, window_start, window_end, resource, meter, value)
                        VALUES (:workspace, :start, :end, '', 'log_records', :value)
                        """)
                        .bind("workspace", console.shop)
                        .bind("start", start.atOffset(ZoneOffset.UTC))
                        .bind("end", start.plusSeconds(3600).atOffset(ZoneOffset.UTC))
                        .bind("value", records)
                        .execute());
    }

    @Test
    void todaySoFarIsShownByTheHoursOfTheSite() {
        use("2026-03-09T15:00:00Z", 7);
        use("2026-03-09T16:00:00Z", 1_000);
        use("2026-03-10T08:00:00Z", 234);

        Document today = console.browserOf("ada@example.com").open(page + "?item=log");

        assertThat(today.select("table[data-chart] tbody tr").eachText())
                .containsExactly("2026-03-10 00:00 1,000", "2026-03-10 16:00 234");
        assertThat(today.select("table[data-chart] td").eachAttr("data-value")).containsExactly("1000", "234");
        assertThat(today.select("table:has(caption:contains(All items)) tbody tr")
                        .eachText())
                .containsExactly("Logs 1,234 log_records 1,234");
    }

    @Test
    void aDayBeforeIsShownWhereItIsAskedFor() {
        use("2026-03-09T15:00:00Z", 7);

        Document yesterday = console.browserOf("ada@example.com").open(page + "?item=log&day=2026-03-09");

        assertThat(yesterday.select("table[data-chart] tbody tr").eachText()).containsExactly("2026-03-09 23:00 7");
        assertThat(yesterday.select("input[name=day]").val()).isEqualTo("2026-03-09");
    }

    @Test
    void aFreeWorkspaceSeesItsLimitsAndACommercialOneNone() {
        use("2026-03-10T08:00:00Z", 1_000_000);
        TestBrowser ada = console.browserOf("ada@example.com");

        assertThat(ada.open(page)
                        .select("table:has(caption:contains(Free plan)) tbody tr")
                        .eachText())
                .contains("Logs 1,000,000 1,000,000 full", "Traces 0 8,000 not full", "SMS 0 0 not in the plan");
        console.upgradeShop();
        assertThat(ada.open(page).select("table:has(caption:contains(Free plan))"))
                .isEmpty();
    }

    @Test
    void aMemberSeesWhatIsUsedAndNobodyElseDoes() {
        TestBrowser eve = console.browserOf("eve@example.com");
        assertThat(eve.get(page).statusCode()).isEqualTo(404);

        console.workspaces.addMember(console.shop, console.ada, "eve@example.com", Role.MEMBER);

        assertThat(eve.get(page).statusCode()).isEqualTo(200);
    }
}
