package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are of one version, and those of Weir run without any right. */
class ImagesTest {

    private static final String VERSION = ".+:v?\\d+\\.\\d+.*";

    @Test
    void everyImageIsOfOneVersion() {
        assertThat(images()).hasSizeGreaterThan(8).allMatch(image -> image.matches(VERSION));
    }

    private static List<String> images() {
        Stream<JsonNode> services =
                YamlFile.document(Path.of("compose.yaml")).path("services").valueStream();
        Stream<JsonNode> containers = Manifests.workloads().stream().map(Manifests::container);
        return Stream.concat(services, containers)
                .map(each -> each.path("image").asText())
                .toList();
    }

    /** The version of the broker is that of the clients, and the registry is the one that the tests run. */
    @Test
    void theServersAreThoseThatTheTestsRun() {
        String registry = System.getProperty("weir.registry.jar").replaceAll(".*-app-(.+)-runner\\.jar", "$1");
        assertThat(images())
                .contains("apache/kafka:" + AppInfoParser.getVersion(), "apicurio/apicurio-registry:" + registry);
    }

    @Test
    void theImagesThatAreDeployedAreThoseThatAreBuilt() {
        JsonNode services = YamlFile.document(Path.of("compose.yaml")).path("services");
        for (String application : List.of("metering-stream", "fee-center", "weir")) {
            JsonNode service = services.path(application);
            assertThat(Path.of(
                            service.at("/build/context").asText(),
                            service.at("/build/dockerfile").asText()))
                    .isRegularFile();
            assertThat(service.path("image").asText()).isEqualTo("weir/" + application + ":0.1.0");
        }
        assertThat(Manifests.kustomization(Path.of("kubernetes")).path("images"))
                .extracting(image -> image.path("name").asText())
                .containsExactlyInAnyOrder("weir/metering-stream", "weir/fee-center");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metering-stream", "fee-center", "weir"})
    void anImageRunsJavaItselfAndAsNobody(String name) {
        ContainerFile image = ContainerFile.of(name);

        assertThat(image.only("ARG")).matches("JAVA_IMAGE=eclipse-temurin:17\\.\\d+\\.\\d+_\\d+-jre-\\w+");
        assertThat(image.only("FROM")).isEqualTo("${JAVA_IMAGE}");
        assertThat(image.only("USER")).isEqualTo("10001:10001");
        // A shell in between would keep SIGTERM to itself.
        assertThat(image.only("ENTRYPOINT")).matches("\\[\"java\", \"-jar\", \"/opt/weir/[a-z-]+\\.jar\"]");
        assertThat(image.variables().get("JDK_JAVA_OPTIONS"))
                .contains("-XX:MaxRAMPercentage=", "-XX:+ExitOnOutOfMemoryError");
        assertThat(image.only("LABEL"))
                .contains("org.opencontainers.image.title=", "org.opencontainers.image.version=");
        assertThat(image.variables().keySet()).noneMatch(variable -> variable.matches(".*(PASSWORD|SECRET|TOKEN).*"));
    }
}
