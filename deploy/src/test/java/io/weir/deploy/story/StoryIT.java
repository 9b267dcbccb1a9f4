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
 * close and what paid for it, choose a cloud account in each of the four scenarios, read the month's statement, export it. The fee center
 * dies on the way, in moments that a seed draws: {@code -Dweir.story.seed}.
 */
@Tag("installed")
class StoryIT {

    /** Midnight in Shanghai, at the beginning of 31 March. */
    private static final Instant MIDNIGHT = Instant.parse("2026-03-30T16:00:00Z");

    /** What the owner and the operator make on the way: how many rows each table has then. */
    private static final Map<String, Long> ROWS = Map.of(
            "console_account", 1L,
            "workspace", 2L,
            "fee_center_account", 1L,
            "upgrade", 2L,
            "binding", 2L,
            "voucher_activation", 1L,
            "cloud_account", 1L,
            "settlement_choice", 2L,
            "cloud_account_decision", 1L,
            "statement", 1L);

    private static final long SEED = Long.getLong("weir.story.seed", 1);

    @Test
    void anOwnerGoesFromTheFreePlanToAStatementInABrowserOverKillsOfTheFeeCenter() throws Exception {
        Fate fate = new Fate(SEED);
        try (Line line = new Line(MIDNIGHT);
                Gate gate = new Gate(line.feeCenter(), fate)) {
            Chapters chapters = new Chapters(gate, line.stack().postbox().letters());

            String shop = chapters.tell("register").path("workspace").asText();
            line.awaitMeteringKnowsTheConsole();
            line.use(at(1), shop, Map.of("log_records", 250_000L));
            line.passTo(at(2));
            chapters.tell("free", shop);

            chapters.tell("upgrade", shop);
            String search = chapters.tell("second-workspace").path("workspace").asText();
            chapters.tell("fill-the-wallet", shop);
            line.awaitMeteringKnowsTheConsole();

            line.use(at(4), shop, Map.of("log_records", 80_000_000L, "sms_messages", 30L));
            line.use(at(4), search, Map.of("log_records", 10_000_000L));
            line.passToOverAKill(at(26), fate.linesOf(3));
            line.awaitSettled();
            chapters.tell("day", shop);

            chapters.tell("clouds", shop, search);
            line.use(at(27), shop, Map.of("log_records", 2_000_000L));
            line.passToOverAKill(at(24 * 5 + 12), fate.linesOf(1));
            line.awaitSettled();
            line.awaitStatement();
            chapters.tell("statement");
            chapters.tell("operator");

            // Then
            assertThat(fate.deaths()).isGreaterThan(5);
            line.awaitMeteringKnowsTheConsole();
            Agreement.ofControlLogAndDatabase(line);
            Agreement.ofTopicLedgerAndWallets(line);
            everythingIsThereOnce(line);
            assertThat(Files.readString(chapters.downloaded("bills.csv"))
                            .lines()
                            .skip(1))
                    .hasSize((int) line.number("SELECT count(*) FROM bill_line"));
        }
    }

    private static Instant at(int hours) {
        return MIDNIGHT.plus(Duration.ofHours(hours));
    }

    /** However often somebody had to send it: what was made, what moved, and what is left. */
    private static void everythingIsThereOnce(Line line) {
        ROWS.forEach((table, rows) -> assertThat(line.number("SELECT count(*) FROM " + table))
                .as(table)
                .isEqualTo(rows));
        assertThat(line.texts("""
                        SELECT kind || ' ' || round(-min(amount), 2) FROM movement JOIN movement_posting USING (movement_id)
                        WHERE kind <> 'SETTLEMENT' GROUP BY movement_id, kind ORDER BY movement_id
                        """))
                .containsExactly("TOP_UP 110.00", "CARD_FROM_CASH 100.00", "VOUCHER_CODE 20.00", "TOP_UP 50.00");
        assertThat(line.texts("SELECT kind || ' ' || round(balance, 2) FROM purse ORDER BY kind"))
                .containsExactly("CARD 0.00", "CASH 42.00", "CLOUD -3.00", "DEBT 0.00", "VOUCHER 0.00");
    }
}
