package io.weir.deploy.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.deploy.Weir;
import io.weir.feecenter.FeeCenterApp;
import io.weir.metering.MeteringApp;
import io.weir.wire.FreePort;
import io.weir.wire.SecuredBroker;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets come from files and turn up nowhere: every one of them here has a canary in it. */
class SecretsTest {

    private static final long PATIENCE_SECONDS = 180;

    private static final String EVERYTHING_IS_LOGGED = """
            <configuration>
              <appender name="ALL" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %logger %msg%n%ex{full}</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="ALL"/></root>
              <logger name="io.weir" level="DEBUG"/>
            </configuration>
            """;

    @TempDir
    private Path folder;

    private final List<Path> outputs = new ArrayList<>();

    @Test
    void noSecretIsLoggedMeteredOrStored() throws Exception {
        try (SecuredLine line = new SecuredLine(folder)) {
            // Given
            line.passTime(Instant.parse("2026-03-01T00:00:00Z"));
            int meteringPort = FreePort.next();
            int feeCenterPort = FreePort.next();
            Map<String, String> metering = line.meteringSettings(withSecretFiles(line, SecuredLine.METERING));
            metering.put("weir.http.port", Integer.toString(meteringPort));
            metering.putAll(registryLogin());
            Map<String, String> feeCenter = line.feeCenterSettings(withSecretFiles(line, SecuredLine.FEE_CENTER));
            feeCenter.put("weir.http.port", Integer.toString(feeCenterPort));
            feeCenter.put("weir.console.port", "0");
            feeCenter.put("weir.database.password.file", secret("database"));
            feeCenter.put("weir.database.owner.password.file", secret("database-owner"));
            feeCenter.putAll(registryLogin());

            // When
            runUntilReady(MeteringApp.class, file("metering", metering), meteringPort);
            runUntilReady(FeeCenterApp.class, file("fee-center", feeCenter), feeCenterPort);
            String wrong = Files.writeString(
                            folder.resolve("wrong"),
                            SecuredBroker.login(SecuredLine.METERING).replace("of", "never"))
                    .toString();
            metering.put("kafka.sasl.jaas.config.file", wrong);
            feeCenter.put("kafka.sasl.jaas.config.file", wrong);
            String refusedMetering = file("metering", metering);
            String refusedFeeCenter = file("fee-center", feeCenter);
            int meteringStatus = run(MeteringApp.class, refusedMetering);
            int feeCenterStatus = run(FeeCenterApp.class, refusedFeeCenter);
            int commandStatus = run(Weir.class, "rejected", "list", "--metering", refusedMetering);
            String halfAnEntry = Files.writeString(folder.resolve("half"), "required password=\"canary")
                    .toString();
            metering.put("kafka.sasl.jaas.config.file", halfAnEntry);
            int unreadableStatus = run(MeteringApp.class, file("metering", metering));

            // Then
            assertThat(List.of(meteringStatus, feeCenterStatus, commandStatus, unreadableStatus))
                    .containsOnly(1);
            assertThat(read(outputs.get(2)) + read(outputs.get(3)) + read(outputs.get(4)))
                    .contains("the broker does not accept who this is");
            assertThat(outputs).allSatisfy(SecretsTest::hasNoCanary);
            assertThat(filesUnder("broker")).isNotEmpty().allSatisfy(SecretsTest::hasNoCanary);
            assertThat(filesUnder("state")).allSatisfy(SecretsTest::hasNoCanary);
        }
    }

    private Map<String, String> withSecretFiles(SecuredLine line, String user) throws IOException {
        Map<String, String> client = new HashMap<>();
        for (Map.Entry<String, String> each : line.broker().scram(user).entrySet()) {
            if (each.getValue().contains(SecuredBroker.CANARY)) {
                Path file = Files.writeString(folder.resolve(user + "-" + each.getKey()), each.getValue() + "\n");
                client.put(each.getKey() + ".file", file.toString());
            } else {
                client.put(each.getKey(), each.getValue());
            }
        }
        return client;
    }

    private Map<String, String> registryLogin() throws IOException {
        return Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info.file", secret("registry"));
    }

    private String secret(String of) throws IOException {
        return Files.writeString(folder.resolve(of), "user:" + SecuredBroker.CANARY + "-of-" + of)
                .toString();
    }

    private String file(String name, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve(name + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        assertThat(Files.readString(file)).doesNotContain(SecuredBroker.CANARY);
        return file.toString();
    }

    private void runUntilReady(Class<?> application, String file, int port) throws Exception {
        Process process = start(application, file);
        try {
            await().atMost(SecuredLine.PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast("it has ended", () -> !process.isAlive())
                    .until(() -> get(port, "/health/ready").startsWith("ready"));
            assertThat(get(port, "/metrics")).contains("kafka_").doesNotContain(SecuredBroker.CANARY);
        } finally {
            process.destroy();
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private int run(Class<?> program, String... arguments) throws Exception {
        Process process = start(program, arguments);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start(Class<?> program, String... arguments) throws IOException {
        Path log = folder.resolve("output-" + outputs.size());
        outputs.add(log);
        Path logging = Files.writeString(folder.resolve("logback.xml"), EVERYTHING_IS_LOGGED);
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-Dlogback.configurationFile=" + logging,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private List<Path> filesUnder(String part) throws IOException {
        if (!Files.exists(folder.resolve(part))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve(part))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void hasNoCanary(Path file) throws IOException {
        assertThat(read(file).contains(SecuredBroker.CANARY))
                .as("a secret in %s", file)
                .isFalse();
    }

    /** As characters of a byte each, so that every file can be looked through. */
    private static String read(Path file) throws IOException {
        return Files.readString(file, ISO_8859_1);
    }
}
