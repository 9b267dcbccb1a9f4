package io.weir.deploy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.wire.BrokerRefusal;
import io.weir.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes each permission away in turn while a scenario goes through the line: the application that needs it stops or does not start,
 * says what it lacks, and goes on when it is given back; errands beside the posting are tried again instead. In the end the bill is exact
 * and settled, so none of it has lost or doubled anything.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EachPermissionTest {

    private static final int RECORDS_A_PIECE = 5;

    /** Without these the next record cannot be committed, whatever it is. */
    private static final Set<String> NEEDED_BY_EVERY_RECORD = Set.of(
            "READ on topic usage-events",
            "WRITE on topic usage-events", // one of the records is misdirected
            "WRITE on topic rejected-usage", // and one is no event
            "WRITE on topic weir-metering-",
            "WRITE on transactional ids beginning with weir-metering-",
            "READ on group weir-metering");

    @TempDir
    private static Path folder;

    private static SecuredLine line;

    @BeforeAll
    static void bringUp() throws Exception {
        line = new SecuredLine(folder);
        line.recordControl();
    }

    @AfterAll
    static void takeDown() throws Exception {
        line.close();
    }

    @Test
    @Order(1)
    void aFirstStartMustBeAllowedToCreateItsChangelogs() throws Exception {
        // Given
        AclBinding creation = grantsOfTheMeteringStream()
                .filter(EachPermissionTest::isForCreation)
                .findFirst()
                .orElseThrow();
        line.revoke(creation);

        // When
        try (Running stream = metering()) {
            // Then
            assertSays(stream.whyStopped(), "CREATE or DESCRIBE_CONFIGS on topic weir-metering-");
        }
        line.grant(creation);
    }

    @ParameterizedTest
    @MethodSource("grantsOfTheMeteringStream")
    @Order(2)
    void theMeteringStreamSaysWhatItLacks(AclBinding grant) throws Exception {
        // Given
        try (Running stream = metering()) {
            line.produce(RECORDS_A_PIECE);
            awaitMetered(stream);

            // When
            line.revoke(grant);
            line.produce(RECORDS_A_PIECE);
            line.produceStrays();

            // Then
            await().atMost(SecuredLine.PATIENCE).until(() -> stream.hasStopped() || line.isMetered());
            if (stream.hasStopped() || NEEDED_BY_EVERY_RECORD.contains(words(grant))) {
                assertSays(stream.whyStopped(), words(grant));
            }
        }
        if (!isForCreation(grant)) {
            try (Running again = metering()) {
                assertSays(again.whyStopped(), words(grant));
            }
        }
        line.grant(grant);
    }

    @Test
    @Order(3)
    void noLineIsLostThatCouldNotBeWritten() throws Exception {
        // Given
        AclBinding lines = grantsOfTheMeteringStream()
                .filter(grant -> words(grant).equals("WRITE on topic fee-center.bill-lines"))
                .findFirst()
                .orElseThrow();
        try (Running stream = metering()) {
            awaitMetered(stream);

            // When
            line.revoke(lines);
            line.produceTheRest();

            // Then
            assertSays(stream.whyStopped(), words(lines));
        }
        line.grant(lines);
        try (Running stream = metering()) {
            awaitMetered(stream);
        }
    }

    @Test
    @Order(4)
    void theFeeCenterPostsAllLinesWithoutWhatOnlyItsErrandsNeed() throws Exception {
        // Given
        List<AclBinding> grants = grantsOfTheErrands().toList();
        for (AclBinding grant : grants) {
            line.revoke(grant);
        }

        // When
        try (Running sink = feeCenter()) {
            awaitPosted(sink);
        }

        // Then
        assertThat(line.database().openLines()).as("not settled").isPositive();
        for (AclBinding grant : grants) {
            line.grant(grant);
        }
    }

    @ParameterizedTest
    @MethodSource("grantsOfTheErrands")
    @Order(5)
    void theErrandsSayWhatTheyLackAndGoOnWhenTheyMay(AclBinding grant) throws Exception {
        // Given
        line.revoke(grant);
        line.database().registerAccount();

        try (LogOf log = new LogOf("io.weir.feecenter.ledger.Background");
                Running sink = feeCenter()) {
            // When
            await().atMost(SecuredLine.PATIENCE)
                    .until(() -> log.says(words(grant), "deploy/kafka/acls.sh grants what each part of Weir needs"));
            assertThat(sink.hasStopped()).isFalse();
            line.grant(grant);

            // Then
            await().atMost(SecuredLine.PATIENCE).until(() -> log.says("Over: "));
            await().atMost(SecuredLine.PATIENCE).until(() -> line.database().untoldChanges() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("grantsOfThePosting")
    @Order(6)
    void theFeeCenterSaysWhatItLacks(AclBinding grant) throws Exception {
        // Given
        try (Running sink = feeCenter()) {
            awaitPosted(sink);

            // When
            line.revoke(grant);

            // Then
            assertSays(sink.whyStopped(), words(grant));
        }
        try (Running again = feeCenter()) {
            assertSays(again.whyStopped(), words(grant));
        }
        line.grant(grant);
    }

    @Test
    @Order(7)
    void inTheEndTheBillIsExactAndSettled() throws Exception {
        // When
        try (Running sink = feeCenter()) {
            awaitPosted(sink);
            await().atMost(SecuredLine.PATIENCE).until(() -> line.database().openLines() == 0);
        }

        // Then
        List<String> expected =
                Files.readAllLines(SecuredLine.TINY.expected().orElseThrow().resolve("bill.csv"));
        assertThat(line.database().bill()).isEqualTo(expected.subList(1, expected.size()));
    }

    @Test
    @Order(8)
    void theStreamStopsWhenItMayNotMoveTheClockAnyMore() throws Exception {
        // Given
        AclBinding heartbeats = grantsOfTheMeteringStream()
                .filter(grant -> words(grant).equals("WRITE on topic usage-events"))
                .findFirst()
                .orElseThrow();
        line.letTheBrokerTellTheTime();
        try (Running stream = Running.metering(line.meteringWithHeartbeats())) {
            long before = line.usageRecords();
            await().atMost(SecuredLine.PATIENCE).until(() -> line.usageRecords() > before);

            // When
            line.revoke(heartbeats);

            // Then
            assertSays(stream.whyStopped(), words(heartbeats));
        }
        line.grant(heartbeats);
    }

    private static void awaitMetered(Running stream) {
        await().atMost(SecuredLine.PATIENCE)
                .failFast("it has stopped", stream::hasStopped)
                .until(line::isMetered);
    }

    private static void awaitPosted(Running sink) {
        await().atMost(SecuredLine.PATIENCE)
                .ignoreExceptions() // the tables are not there at first
                .failFast("it has stopped", sink::hasStopped)
                .until(line::isPosted);
    }

    private static void assertSays(@Nullable Throwable stopped, String missing) {
        assertThat(stopped)
                .isInstanceOf(BrokerRefusal.class)
                .hasMessageContainingAll(missing, "deploy/kafka/acls.sh grants what each part of Weir needs");
    }

    private static boolean isForCreation(AclBinding grant) {
        return grant.entry().operation() == AclOperation.CREATE;
    }

    /** A permission as the applications speak of it. */
    private static String words(AclBinding grant) {
        String resource = switch (grant.pattern().resourceType()) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            default ->
                grant.pattern().patternType() == PatternType.LITERAL
                        ? "transactional id"
                        : "transactional ids beginning with";
        };
        return "%s on %s %s"
                .formatted(grant.entry().operation(), resource, grant.pattern().name());
    }

    private static Running metering() throws Exception {
        return Running.metering(line.metering(line.broker().scram(SecuredLine.METERING)));
    }

    private static Running feeCenter() throws Exception {
        return Running.feeCenter(line.feeCenter(line.broker().mutualTls(SecuredLine.FEE_CENTER)));
    }

    static Stream<AclBinding> grantsOfTheMeteringStream() throws ExecutionException, InterruptedException {
        return line.grantsOf(SecuredLine.METERING).stream();
    }

    static Stream<AclBinding> grantsOfThePosting() throws ExecutionException, InterruptedException {
        return line.grantsOf(SecuredLine.FEE_CENTER).stream().filter(EachPermissionTest::isForPosting);
    }

    static Stream<AclBinding> grantsOfTheErrands() throws ExecutionException, InterruptedException {
        return line.grantsOf(SecuredLine.FEE_CENTER).stream().filter(grant -> !isForPosting(grant));
    }

    private static boolean isForPosting(AclBinding grant) {
        return Set.of(Topics.BILL_LINES.name(), SecuredLine.FEE_CENTER)
                .contains(grant.pattern().name());
    }
}
