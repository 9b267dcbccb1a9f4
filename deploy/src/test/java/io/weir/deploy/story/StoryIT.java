package io.weir.deploy.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Register free, use something, upgrade with a new fee-center account, bind a second workspace to it, top up and buy a card, see a day
 * close and what paid for it, choose a cloud account in each of the four scenarios, read the month's statement, export it.
 */
@Tag("installed")
class StoryIT {

    /** Midnight in Shanghai, at the beginning of 31 March. */
    private static final Instant MIDNIGHT = Instant.parse("2026-03-30T16:00:00Z");

    @Test
    void anOwnerGoesFromTheFreePlanToAStatementInABrowser() throws Exception {
        try (Line line = new Line(MIDNIGHT)) {
            Chapters chapters =
                    new Chapters(line.consoleUrl(), line.stack().postbox().letters());

            String shop = chapters.tell("register").path("workspace").asText();
            line.awaitMeteringKnowsTheConsole();
            line.use(at(1), shop, Map.of("log_records", 250_000L));
            line.passTo(at(2));
            chapters.tell("free", shop);

            line.killFeeCenter();
            chapters.tell("upgrade", shop);
            String search = chapters.tell("second-workspace").path("workspace").asText();
            chapters.tell("fill-the-wallet", shop);
            line.killFeeCenter();
            line.awaitMeteringKnowsTheConsole();

            line.use(at(4), shop, Map.of("log_records", 80_000_000L, "sms_messages", 30L));
            line.use(at(4), search, Map.of("log_records", 10_000_000L));
            line.passTo(at(26));
            line.awaitSettled();
            chapters.tell("day", shop);

            chapters.tell("clouds", shop, search);
            line.killFeeCenter();
            line.use(at(27), shop, Map.of("log_records", 2_000_000L));
            line.passTo(at(24 * 5 + 12));
            line.awaitSettled();
            line.awaitStatement();
            chapters.tell("statement");
            chapters.tell("operator");

            agree(line, chapters);
        }
    }

    private static Instant at(int hours) {
        return MIDNIGHT.plus(Duration.ofHours(hours));
    }

    /** Nothing is lost and nothing is there twice: the topic, the ledger, the wallets, the control log and the export agree. */
    private static void agree(Line line, Chapters chapters) throws Exception {
        assertThat(line.number("SELECT sum(unaccounted) FROM conservation")).isZero();
        assertThat(line.number("SELECT count(*) FROM purse_imbalance")).isZero();
        assertThat(line.number("SELECT coalesce(sum(open_lines), 0) FROM settlement_conservation"))
                .isZero();
        assertThat(line.number("SELECT count(*) FROM control_outbox"))
                .isEqualTo(line.number("SELECT published_seq FROM control_outbox_position"));
        assertThat(Files.readString(chapters.downloaded("bills.csv"))
                        .lines()
                        .skip(1)
                        .count())
                .isEqualTo(line.number("SELECT count(*) FROM bill_line"));
    }
}
