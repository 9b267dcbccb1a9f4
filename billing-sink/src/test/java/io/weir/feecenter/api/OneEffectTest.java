package io.weir.feecenter.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes something may be asked for again and again, and changes it once. */
class OneEffectTest {

    private static final String CARD = "{\"amount\":\"200\"}";

    private TestApi api;
    private TestProgram program;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi();
        program = api.programOf(api.acme);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private long cardsBought() {
        return api.movements(api.acme, "CARD_FROM_CASH");
    }

    /** What the answer says came into a kind of purse. */
    private static String came(HttpResponse<String> answer, String book) {
        JsonNode postings = TestProgram.json(answer).path("postings");
        return StreamSupport.stream(postings.spliterator(), false)
                .filter(posting -> posting.path("book").asText().equals(book))
                .map(posting -> posting.path("amount").asText())
                .findFirst()
                .orElse("nothing");
    }

    @Test
    void aRepeatIsAnsweredAlikeAndChangesNothing() {
        HttpResponse<String> first = program.post("/api/v1/cards", "order-17", CARD);
        HttpResponse<String> again = api.programOf(api.acme).post("/api/v1/cards", "order-17", CARD);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(came(first, "CARD")).isEqualTo("200.00");
        assertThat(came(first, "CASH")).isEqualTo("-200.00");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(cardsBought()).isOne();
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() {
        program.post("/api/v1/cards", "order-17", CARD);

        assertThat(program.post("/api/v1/cards", "order-17", "{\"amount\":\"300\"}")
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> voucher = program.post(
                "/api/v1/vouchers", "order-17", "{\"code\":\"" + api.voucher().value() + "\"}");
        assertThat(voucher.statusCode()).isEqualTo(422);
        assertThat(voucher.body()).contains("[order-17] came with another request before");
        assertThat(cardsBought()).isOne();
    }

    @Test
    void accountsDoNotShareTheirKeys() {
        program.post("/api/v1/cards", "order-17", CARD);

        assertThat(api.programOf(api.other)
                        .post("/api/v1/cards", "order-17", "{\"amount\":\"300\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.movements(api.other, "CARD_FROM_CASH")).isOne();
    }

    @Test
    void requestsAtOnceHaveOneEffectAndOneAnswer() {
        List<CompletableFuture<String>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> program.post("/api/v1/cards", "order-17", CARD).body()))
                .limit(8)
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).distinct())
                .singleElement()
                .satisfies(answer -> assertThat(answer).contains("CARD_FROM_CASH"));
        assertThat(cardsBought()).isOne();
    }

    @Test
    void requestsOfWhichOnlyOneMayHaveTheKeyAgreeWithTheMovement() {
        List<CompletableFuture<HttpResponse<String>>> answers = Stream.of("100", "200", "300", "100", "200", "300")
                .map(amount -> CompletableFuture.supplyAsync(
                        () -> program.post("/api/v1/cards", "order-17", "{\"amount\":\"" + amount + "\"}")))
                .toList();

        List<String> bought = answers.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() == 201)
                .map(answer -> came(answer, "CARD"))
                .distinct()
                .toList();
        assertThat(bought).containsExactly(api.text("""
                SELECT round(amount, 2)::text FROM movement_posting
                WHERE account_id = :account AND book = 'CARD' AND amount > 0
                """, api.acme));
    }

    /** The answer cannot be kept, as if the process ended behind the purchase. */
    @Test
    void aRequestThatCrashedBehindItsEffectIsFinishedByItsRepeat() {
        // Given
        api.console.database.asSuperuser("REVOKE INSERT ON api_answer FROM weir_sink");
        try {
            assertThat(program.post("/api/v1/cards", "order-17", CARD).statusCode())
                    .isEqualTo(500);
        } finally {
            api.console.database.asSuperuser("GRANT INSERT ON api_answer TO weir_sink");
        }
        assertThat(cardsBought()).isOne();

        // When
        HttpResponse<String> other = program.post("/api/v1/cards", "order-17", "{\"amount\":\"300\"}");
        HttpResponse<String> repeat = program.post("/api/v1/cards", "order-17", CARD);

        // Then
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(came(repeat, "CARD")).isEqualTo("200.00");
        assertThat(program.post("/api/v1/cards", "order-17", CARD).body()).isEqualTo(repeat.body());
        assertThat(cardsBought()).isOne();
    }

    @Test
    void aVoucherThatCrashedBehindItsActivationIsFinishedByItsRepeat() {
        String body = "{\"code\":\"" + api.voucher().value() + "\"}";
        api.console.database.asSuperuser("REVOKE INSERT ON api_answer FROM weir_sink");
        try {
            assertThat(program.post("/api/v1/vouchers", "gift-1", body).statusCode())
                    .isEqualTo(500);
        } finally {
            api.console.database.asSuperuser("GRANT INSERT ON api_answer TO weir_sink");
        }

        HttpResponse<String> repeat = program.post("/api/v1/vouchers", "gift-1", body);

        assertThat(came(repeat, "VOUCHER")).isEqualTo("20.00");
        assertThat(api.movements(api.acme, "VOUCHER_CODE")).isOne();
    }

    @Test
    void whatIsRefusedMaySucceedLater() {
        String body = "{\"amount\":\"90000\"}";
        HttpResponse<String> refused = program.post("/api/v1/cards", "order-17", body);
        api.wallets.topUp(api.acme, "CNY", new BigDecimal("90000.00"), "another payment");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("NOT_ENOUGH_CASH");
        assertThat(program.post("/api/v1/cards", "order-17", body).statusCode()).isEqualTo(201);
    }

    @Test
    void aKeyIsRequiredAndIsVisibleAscii() {
        for (String key : List.of("", "two words", "k".repeat(256))) {
            HttpResponse<String> answer = program.post("/api/v1/cards", key, CARD);
            assertThat(answer.statusCode()).as(key).isEqualTo(400);
            assertThat(answer.body()).contains("Idempotency-Key");
        }
        assertThat(program.send(
                                "POST",
                                "/api/v1/cards",
                                BodyPublishers.ofString(CARD),
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(cardsBought()).isZero();
    }

    @Test
    void aVoucherGoesToTheAccountThatActivatesItFirst() {
        String body = "{\"code\":\"" + api.voucher().value() + "\"}";

        HttpResponse<String> first = program.post("/api/v1/vouchers", "gift-1", body);
        HttpResponse<String> again = program.post("/api/v1/vouchers", "gift-2", body);
        HttpResponse<String> others = api.programOf(api.other).post("/api/v1/vouchers", "gift-1", body);

        assertThat(came(first, "VOUCHER")).isEqualTo("20.00");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(others.statusCode()).isEqualTo(422);
        assertThat(others.body()).contains("CODE_USED").doesNotContain(api.acme);
        assertThat(api.movements(api.acme, "VOUCHER_CODE")).isOne();
    }

    @Test
    void aTokenRevokesItselfOnly() {
        TestProgram another = api.programOf(api.acme);

        assertThat(program.delete("/api/v1/tokens/current").statusCode()).isEqualTo(204);

        assertThat(program.get("/api/v1/account").statusCode()).isEqualTo(401);
        assertThat(program.delete("/api/v1/tokens/current").statusCode()).isEqualTo(401);
        assertThat(another.get("/api/v1/account").statusCode()).isEqualTo(200);
    }
}
