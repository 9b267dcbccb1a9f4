package io.weir.deploy.story;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.stack.Stack;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.Currency;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.wire.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The fee center dies at random moments while people use its console: what was answered is there, and nothing is there twice. */
class KilledFeeCenterIT {

    private static final Instant START = Instant.parse("2026-03-30T16:00:00Z");
    private static final Secret PASSWORD = new Secret("a river runs by");
    private static final String SITE = "cn1";
    private static final int KILLS = 6;
    private static final int FORMS = 25;
    private static final long SEED = 20_260_331;

    private final List<String> answered = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void nothingIsLostAndNothingIsThereTwice() throws Exception {
        try (Line line = new Line(START)) {
            // Given
            people(line.stack());
            ExecutorService customers = Executors.newFixedThreadPool(2);
            Future<?> owner = customers.submit(() -> upgradeWorkspaces(line));
            Future<?> payer = customers.submit(() -> topUp(line));

            // When
            Random random = new Random(SEED);
            for (int kill = 0; kill < KILLS; kill++) {
                int form = sent.get() + 1 + random.nextInt(8);
                await().pollInterval(Duration.ofMillis(2))
                        .until(() -> sent.get() >= form || (owner.isDone() && payer.isDone()));
                line.killFeeCenter();
            }
            owner.get(15, TimeUnit.MINUTES);
            payer.get(15, TimeUnit.MINUTES);
            customers.shutdown();

            // Then
            line.awaitMeteringKnowsTheConsole();
            workspacesAreThereOnce(line);
            moneyIsThereOnce(line);
            Agreement.ofControlLogAndDatabase(line);
        }
    }

    private static void people(Stack stack) {
        new ConsoleAccounts(stack.accounts(), Clock.systemUTC())
                .register(SITE, "ada@weir.example", null, "Ada", PASSWORD);
        new FeeCenterAccounts(stack.accounts(), Clock.systemUTC())
                .register("acme", Currency.CNY, "pay@acme.example", null, PASSWORD);
    }

    /** Each form is sent once, so that it is known of some only that they may have been done. */
    private Void upgradeWorkspaces(Line line) throws InterruptedException {
        Customer ada = new Customer(line.feeCenter().consoleUrl());
        until(() ->
                ada.send("/sign-in", Map.of("site", SITE, "login", "ada@weir.example", "password", PASSWORD.value())));
        for (int number = 0; number < FORMS; number++) {
            String name = "Shop " + number;
            until(() -> ada.goTo("/"));
            sent.incrementAndGet();
            ada.send("/workspaces", Map.of("name", name)).ifPresent(done -> answered.add(name));
            for (String id : line.texts("SELECT workspace_id FROM workspace WHERE name = '%s'".formatted(name))) {
                until(() -> ada.goTo("/"));
                sent.incrementAndGet();
                String user = "payer-" + number;
                ada.send(
                                "/workspaces/%s/upgrade/new".formatted(id),
                                Map.of(
                                        "user-name",
                                        user,
                                        "currency",
                                        "CNY",
                                        "email",
                                        user + "@weir.example",
                                        "password",
                                        PASSWORD.value(),
                                        "agreement",
                                        "weir-terms-2026-01"))
                        .ifPresent(done -> answered.add(user));
            }
        }
        return null;
    }

    /** Each form is sent until it is answered, as whoever is not sure would send it. */
    private Void topUp(Line line) throws InterruptedException {
        Customer acme = new Customer(line.feeCenter().consoleUrl());
        until(() -> acme.send("/fee-center/sign-in", Map.of("login", "acme", "password", PASSWORD.value())));
        for (int number = 0; number < FORMS; number++) {
            Map<String, String> form = Map.of("amount", "7.00", "request", "top-up-" + number);
            String paid = "";
            while (!paid.endsWith("said=paid")) {
                until(() -> acme.goTo("/"));
                sent.incrementAndGet();
                Optional<String> provider = acme.send("/fee-center/wallet/top-up", form);
                paid = provider.isEmpty() ? "" : acme.goTo(provider.get()).orElse("");
            }
        }
        return null;
    }

    @FunctionalInterface
    private interface Attempt {
        Optional<String> make() throws InterruptedException;
    }

    private static void until(Attempt attempt) {
        await().pollInterval(Duration.ofMillis(50)).until(() -> attempt.make().isPresent());
    }

    private void workspacesAreThereOnce(Line line) {
        List<String> there =
                line.texts("SELECT name FROM workspace UNION ALL SELECT user_name FROM fee_center_account");
        assertThat(there).doesNotHaveDuplicates().containsAll(answered);
        assertThat(line.number("SELECT count(*) FROM workspace WHERE plan = 'COMMERCIAL'"))
                .isEqualTo(line.number("SELECT count(*) FROM binding"))
                .isEqualTo(line.number("SELECT count(*) FROM upgrade"))
                .isPositive();
    }

    private static void moneyIsThereOnce(Line line) {
        assertThat(line.number("SELECT count(*) FROM movement WHERE kind = 'TOP_UP'"))
                .isEqualTo(FORMS);
        assertThat(line.texts("SELECT balance FROM purse WHERE kind = 'CASH'")).containsExactly("175.00");
        assertThat(line.number("SELECT count(*) FROM purse_imbalance")).isZero();
    }
}
