package io.weir.feecenter.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.weir.feecenter.account.ApiScope;
import io.weir.feecenter.api.TestDescription.Operation;
import io.weir.wire.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The server answers as its description says, at each path of it: whoever adds a path has it tried here. */
class DescriptionTest {

    private static final Secret UNKNOWN = new Secret("weir_" + "0".repeat(64));

    private TestApi api;
    private TestDescription description;

    @BeforeEach
    void start() throws IOException {
        api = new TestApi();
        description = new TestDescription(api.program());
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void theDescriptionIsOpenApiAndAllItRefersToIsInIt() {
        assertThat(TestOpenApi.mistakes(description.document())).isEmpty();
        assertThat(description.document().findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(description.resolve(reference).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void everyRouteIsDescribed() {
        Javalin server = Javalin.create(
                config -> new Api(api.console.database.sink(), api.console.clock, api.tokens).addTo(config.routes));

        List<String> routes = server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(route -> route.endpoint)
                .filter(route -> route.method.isHttpMethod() && route.path.startsWith("/api"))
                .map(route -> route.method.name() + " " + route.path)
                .toList();

        assertThat(description.operations())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @TestFactory
    Stream<DynamicTest> everyPathAnswersAsDescribed() {
        return each(operation -> true, operation -> {
            HttpResponse<String> answer = ask(api.programOf(api.acme), operation, api.acme, "");

            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            assertThat(description.violations(operation, answer)).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> everyPathNeedsATokenThatOpensSomething() {
        return each(operation -> true, operation -> {
            String cookie = "weir-session=" + UNKNOWN.value();
            for (HttpResponse<String> answer : List.of(
                    ask(api.program(), operation, api.acme, ""),
                    ask(api.program(), operation, api.acme, "?access_token=" + UNKNOWN.value(), "Cookie", cookie),
                    ask(api.program().with(UNKNOWN), operation, api.acme, ""),
                    ask(api.program().with(api.revokedToken()), operation, api.acme, ""))) {
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(description.violations(operation, answer)).isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyPathNamesTheScopeThatATokenLacks() {
        return each(operation -> !operation.scopes().isEmpty(), operation -> {
            String scope = operation.scopes().get(0);
            TestProgram without = api.programOf(api.acme, allBut(scope));

            HttpResponse<String> answer = ask(without, operation, api.acme, "");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(description.violations(operation, answer)).isEmpty();
            assertThat(TestProgram.json(answer).path("detail").asText()).contains(scope);
        });
    }

    private static Set<ApiScope> allBut(String scope) {
        return Arrays.stream(ApiScope.values())
                .filter(other -> !other.word().equals(scope))
                .collect(Collectors.toSet());
    }

    @TestFactory
    Stream<DynamicTest> whatIsAnothersIsAsIfItWereNot() {
        return each(operation -> operation.path().contains("{"), operation -> {
            TestProgram program = api.programOf(api.acme);
            HttpResponse<String> anothers = ask(program, operation, api.other, "");

            assertThat(anothers.statusCode()).isEqualTo(404);
            assertThat(description.violations(operation, anothers)).isEmpty();
            for (String nothing : List.of("0".repeat(32), "209901-000001", "no%20such", "%F0%9F%92%B6")) {
                HttpResponse<String> answer = program.get(operation.path().replaceAll("\\{\\w+}", nothing));
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).isEqualTo(anothers.body());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> noAnswerHoldsAnythingOfAnotherAccount() {
        List<String> foreign = api.jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT account_id FROM fee_center_account WHERE account_id = :other
                        UNION ALL SELECT workspace_id FROM binding WHERE account_id = :other
                        UNION ALL SELECT line_id FROM bill_line WHERE account_id = :other
                        UNION ALL SELECT number FROM statement WHERE account_id = :other
                        UNION ALL SELECT customer_identifier FROM cloud_account WHERE account_id = :other
                        """)
                .bind("other", api.other)
                .mapTo(String.class)
                .list());
        assertThat(foreign).hasSizeGreaterThan(8);

        return each(operation -> operation.method().equals("GET"), operation -> {
            String answer =
                    ask(api.programOf(api.acme), operation, api.acme, "").body();

            assertThat(foreign).noneMatch(answer::contains);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyParameterSaysWhatItAllows() {
        return each(operation -> true, operation -> {
            List<String> names = new ArrayList<>(description.queryParameters(operation));
            names.add("colour");
            for (String name : names) {
                String query = "?" + name + "=" + URLEncoder.encode("not \0 this", StandardCharsets.UTF_8);
                HttpResponse<String> answer = ask(api.programOf(api.acme), operation, api.acme, query);

                assertThat(answer.statusCode()).as(name).isEqualTo(400);
                assertThat(description.violations(operation, answer)).isEmpty();
                assertThat(TestProgram.json(answer).path("detail").asText())
                        .startsWith(name + ": [not \0 this] cannot be; allowed is ");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyListIsTheSameInSmallPages() {
        return each(operation -> operation.hasParameter("cursor"), operation -> {
            TestProgram program = api.programOf(api.acme);
            JsonNode whole = TestProgram.json(ask(program, operation, api.acme, ""));
            List<JsonNode> rows = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = TestProgram.json(ask(program, operation, api.acme, "?limit=1" + cursor));
                page.path("data").forEach(rows::add);
                cursor = page.path("next").isNull()
                        ? ""
                        : "&cursor=" + page.path("next").asText();
            } while (!cursor.isEmpty());

            assertThat(whole.path("next").isNull()).isTrue();
            assertThat(rows).isNotEmpty().containsExactlyElementsOf(whole.path("data"));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyBodyIsOneJsonObjectAsDescribed() {
        return each(Operation::hasBody, operation -> {
            TestProgram program = api.programOf(api.acme);
            for (String body :
                    List.of("", "[]", "{}", "{\"a\":\"b\"}", "{\"a\":", "null", "{} {}", "\0", twice(operation))) {
                HttpResponse<String> answer = program.post(operation.path(), "a-key", body);
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
                assertThat(description.violations(operation, answer)).isEmpty();
            }
            HttpResponse<String> form = program.send(
                    "POST",
                    operation.path(),
                    BodyPublishers.ofString(description.exampleBody(operation)),
                    "Idempotency-Key",
                    "a-key",
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            assertThat(form.statusCode()).isEqualTo(415);
            assertThat(description.violations(operation, form)).isEmpty();
            HttpResponse<String> large = program.post(operation.path(), "a-key", " ".repeat((1 << 20) + 1));
            assertThat(large.statusCode()).isEqualTo(413);
            assertThat(description.violations(operation, large)).isEmpty();
        });
    }

    /** The same member twice, of which a reader might take either. */
    private String twice(Operation operation) {
        String example = description.exampleBody(operation);
        String member = example.substring(1, example.length() - 1);
        return "{" + member + "," + member + "}";
    }

    private Stream<DynamicTest> each(Predicate<Operation> which, Consumer<Operation> test) {
        List<Operation> operations =
                description.operations().stream().filter(which).toList();
        assertThat(operations).isNotEmpty();
        return operations.stream().map(operation -> dynamicTest(operation.toString(), () -> test.accept(operation)));
    }

    /** Asks as the description says, with ids of an account in the path. */
    private HttpResponse<String> ask(
            TestProgram program, Operation operation, String account, String query, String... headers) {
        String path = pathFor(operation, account) + query;
        if (operation.hasBody()) {
            return program.post(path, UUID.randomUUID().toString(), body(operation));
        }
        return program.send(operation.method(), path, BodyPublishers.noBody(), headers);
    }

    private String pathFor(Operation operation, String account) {
        Map<String, String> ids = Map.of(
                "{lineId}", "SELECT min(line_id) FROM bill_line WHERE account_id = :account",
                "{number}", "SELECT min(number) FROM statement WHERE account_id = :account");
        String path = operation.path();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.contains(id.getKey()) ? path.replace(id.getKey(), api.text(id.getValue(), account)) : path;
        }
        assertThat(path).as("a place for which this test knows no id").doesNotContain("{");
        return path;
    }

    /** As in its example, with a voucher code that there is. */
    private String body(Operation operation) {
        String example = description.exampleBody(operation);
        return example.contains("vch_")
                ? example.replaceAll("vch_[0-9a-f]{32}", api.voucher().value())
                : example;
    }

    @Test
    void programsAreToldTroublesInProblemsToo() {
        TestProgram program = api.programOf(api.acme);

        HttpResponse<String> nothing = program.get("/api/v1/nothing");
        assertThat(nothing.statusCode()).isEqualTo(404);
        HttpResponse<String> method = program.send("PUT", "/api/v1/account", BodyPublishers.noBody());
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow").orElse("")).contains(HandlerType.GET.name());
        for (HttpResponse<String> answer : List.of(nothing, method)) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(TestProgram.json(answer).path("status").asInt()).isEqualTo(answer.statusCode());
        }
    }
}
