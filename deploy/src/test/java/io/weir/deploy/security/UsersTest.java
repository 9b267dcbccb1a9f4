package io.weir.deploy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.deploy.audit.Audit;
import io.weir.deploy.rebuild.RebuildCommand;
import io.weir.deploy.rejected.Rejected;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Everybody who comes to the broker may do what is theirs, and nothing else. */
class UsersTest {

    @TempDir
    private static Path folder;

    private static SecuredLine line;

    private final StringWriter said = new StringWriter();

    @BeforeAll
    static void bringUp() throws Exception {
        line = new SecuredLine(folder);
    }

    @AfterAll
    static void takeDown() throws Exception {
        line.close();
    }

    @Test
    void everyCommandDoesItsWork() throws Exception {
        // Given
        line.recordControl();
        line.produceTheRest();
        try (Running stream = Running.metering(line.metering(line.broker().scram(SecuredLine.METERING)));
                Running sink = Running.feeCenter(line.feeCenter(line.broker().scram(SecuredLine.FEE_CENTER)))) {
            await().atMost(SecuredLine.PATIENCE)
                    .failFast("stopped", () -> stream.hasStopped() || sink.hasStopped())
                    .until(line::isMetered);
            await().atMost(SecuredLine.PATIENCE).ignoreExceptions().until(line::isPosted);
        }
        Map<String, String> operator = line.broker().scram(SecuredLine.OPERATOR);
        String metering = file("metering", line.meteringSettings(operator));
        String feeCenter = file("fee-center", line.feeCenterSettings(operator));
        await().atMost(SecuredLine.PATIENCE).until(line::isNobodyMetering);

        // When / Then
        assertDone(new Audit(), "--metering", metering, "--fee-center", feeCenter);
        assertDone(new Rejected(), "list", "--metering", metering);
        assertDone(new RebuildCommand(), "--metering", metering, "--application-id", "weir-metering-2", "--yes");
        assertDone(new Rejected(), "resend", "--reason", "UNKNOWN_WORKSPACE", "--metering", metering, "--yes");
    }

    @ParameterizedTest
    @CsvSource({
        "weir-producer, fee-center.bill-lines",
        "weir-producer, fee-center.control",
        "weir-control, usage-events",
        "weir-operator, fee-center.bill-lines",
        "weir-fee-center, fee-center.bill-lines"
    })
    void nobodyMayWriteWhatIsNotTheirs(String user, String topic) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.copyOf(line.broker().scram(user)), new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThat(producer.send(new ProducerRecord<>(topic, new byte[0])))
                    .failsWithin(SecuredLine.PATIENCE)
                    .withThrowableThat()
                    .withCauseInstanceOf(AuthorizationException.class);
        }
    }

    private void assertDone(Object command, String... arguments) {
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        assertThat(line.execute(arguments))
                .as("%s: %s", List.of(arguments), said)
                .isZero();
    }

    private String file(String name, Map<String, String> settings) throws Exception {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve(name + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file.toString();
    }
}
