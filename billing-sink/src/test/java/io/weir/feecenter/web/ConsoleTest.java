package io.weir.feecenter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private TestConsole console;

    @BeforeEach
    void start() throws IOException {
        console = new TestConsole();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void whoeverIsNotSignedInIsAskedTo() {
        assertThat(console.browser().open("/workspaces").location()).endsWith("/workspaces");
        assertThat(console.browser().get("/workspaces").uri().getPath()).isEqualTo("/sign-in");
        assertThat(console.browser().get("/").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void aPersonSeesTheirOwnWorkspacesAndNoOthers() {
        Document page = console.browserOf("ada@example.com").open("/workspaces");

        assertThat(page.select("tbody th").eachText()).containsExactly("Shop");
        assertThat(console.browserOf("eve@example.com").open("/workspaces").select("tbody th"))
                .isEmpty();
    }

    @Test
    void aWrongPasswordShowsTheFormAgainWithoutThePassword() {
        HttpResponse<String> answer = console.browser()
                .post("/sign-in", Map.of("site", "cn1", "login", "ada@example.com", "password", "a guess of mine"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("There is no such account", "value=\"ada@example.com\"")
                .doesNotContain("a guess of mine");
    }

    @Test
    void aSessionEndsAfterTwoHoursOfSilenceAndTwelveInAll() {
        TestBrowser ada = console.browserOf("ada@example.com");
        console.clock.pass(Sessions.IDLE.plusSeconds(1));
        assertThat(ada.get("/workspaces").uri().getPath()).isEqualTo("/sign-in");

        TestBrowser again = console.browserOf("ada@example.com");
        for (int hour = 1; hour < 12; hour++) {
            console.clock.pass(Duration.ofHours(1));
            assertThat(again.get("/workspaces").uri().getPath()).isEqualTo("/workspaces");
        }
        console.clock.pass(Duration.ofHours(1));
        assertThat(again.get("/workspaces").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void signingOutEndsTheSession() {
        TestBrowser ada = console.browserOf("ada@example.com");

        assertThat(ada.submit("/sign-out", Map.of()).select("[role=status]").text())
                .isEqualTo("You are signed out.");
        assertThat(ada.get("/workspaces").uri().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void aFormOfAnotherSiteDoesNothing() {
        TestBrowser ada = console.browserOf("ada@example.com");
        Map<String, String> form = Map.of("name", "Forged");

        assertThat(ada.post("/workspaces", form, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(ada.post("/workspaces", form, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ada.post("/workspaces", form, "X-Nothing", "said").statusCode())
                .isEqualTo(403);
        assertThat(console.workspaces.of(console.ada)).hasSize(1);
    }

    @Test
    void everyPageSpeaksEnglishAndChinese() {
        TestBrowser browser = console.browser();
        assertThat(browser.open("/sign-in").select("h1").text()).isEqualTo("Sign in to the console");
        assertThat(browser.get("/sign-in", "Accept-Language", "zh-CN,en;q=0.5").body())
                .contains("<html lang=\"zh\">", "登录控制台");

        browser.get("/sign-in?lang=zh");
        assertThat(browser.open("/sign-in").select("h1").text()).isEqualTo("登录控制台");
    }

    @Test
    void theOtherLanguageShowsTheSamePage() {
        TestBrowser acme = console.browserOfPayer("acme");
        String asked = "first=2026-02-01&last=2026-02-03&item=a%26b";
        Document english = acme.open("/fee-center/bills?said=paid&" + asked + "&lang=en");

        String link = english.select("a[hreflang=zh]").attr("href");
        Document chinese = acme.open(link);

        assertThat(link).isEqualTo("/fee-center/bills?" + asked + "&lang=zh");
        assertThat(chinese.select("html").attr("lang")).isEqualTo("zh");
        assertThat(chinese.select("input[name=last]").val()).isEqualTo("2026-02-03");
        assertThat(chinese.select("a[hreflang=en]").attr("href")).isEqualTo("/fee-center/bills?" + asked + "&lang=en");
    }

    @Test
    void whatAPageNeedsIsServedByTheConsoleItself() {
        Document page = console.browser().open("/sign-in");

        for (Element part : page.select("link[href], script[src], img[src]")) {
            String path = part.hasAttr("href") ? part.attr("href") : part.attr("src");
            assertThat(path).startsWith("/");
            assertThat(console.browser().get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(page.select("script:not([src]), style, [style], [onclick]")).isEmpty();
    }

    @Test
    void aBrowserIsToldToTrustNothingElse() {
        HttpResponse<String> answer = console.browser().get("/sign-in");

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none';");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void whatIsTypedIsShownAsTextAndNeverAsAPage() {
        TestBrowser ada = console.browserOf("ada@example.com");

        Document page = ada.submit("/workspaces", Map.of("name", "<script>alert(1)</script>"));

        assertThat(page.select("tbody th").eachText()).contains("<script>alert(1)</script>");
        assertThat(page.select("tbody script")).isEmpty();
    }

    @Test
    void whatIsNotThereIsAPageToo() {
        HttpResponse<String> answer = console.browser().get("/no-such-page");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no such page");
    }
}
