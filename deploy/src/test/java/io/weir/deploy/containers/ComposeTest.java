package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

/** {@code compose.yaml} follows the Compose Specification, and what it names is there. */
class ComposeTest {

    private final JsonNode compose = YamlFile.document(Path.of("compose.yaml"));

    @Test
    void theFileFollowsTheComposeSpecification() {
        assertThat(violations()).isEmpty();
    }

    @Test
    void aKeyThatTheSpecificationDoesNotKnowIsFound() {
        ((ObjectNode) service("kafka")).put("volume", "kafka:/var/lib/kafka/data");

        assertThat(violations())
                .anySatisfy(violation -> assertThat(violation.toString()).contains("'volume'"));
    }

    private List<Error> violations() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(SchemaLocation.of("classpath:/schemas/compose-spec.json"))
                .validate(compose);
    }

    @Test
    void everyFolderAndFileThatIsMountedIsThere() {
        assertThat(mounts())
                .filteredOn(mount -> mount.startsWith("./"))
                .isNotEmpty()
                .allSatisfy(
                        mount -> assertThat(Path.of(mount.split(":", -1)[0])).exists());
    }

    @Test
    void everyVolumeIsDeclared() {
        assertThat(mounts())
                .filteredOn(mount -> mount.matches("\\w+:.*"))
                .extracting(mount -> mount.substring(0, mount.indexOf(':')))
                .containsExactlyInAnyOrderElementsOf(names(compose.path("volumes")));
    }

    @Test
    void nothingIsReachedFromOtherMachines() {
        assertThat(texts("ports")).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void secretsAreFilesThatStayOutOfTheRepository() throws IOException {
        assertThat(compose.path("secrets"))
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(secret.path("file").asText()).startsWith("./secrets/"));
        assertThat(texts("secrets")).isSubsetOf(names(compose.path("secrets")));
        assertThat(Files.readString(Path.of("../.gitignore"))).contains("deploy/secrets/");
        assertThat(services().flatMap(service -> names(service.path("environment")).stream()))
                .filteredOn(variable -> variable.contains("PASSWORD") || variable.contains("SECRET"))
                .isNotEmpty()
                .allMatch(variable -> variable.endsWith("_FILE"));
    }

    @Test
    void theApplicationsMayWriteOnlyWhereTheyMust() {
        for (String application : List.of("metering-stream", "fee-center", "weir")) {
            assertThat(service(application).path("read_only").asBoolean()).isTrue();
            assertThat(service(application).at("/cap_drop/0").asText()).isEqualTo("ALL");
            assertThat(service(application).at("/tmpfs/0").asText()).startsWith("/tmp:exec,");
        }
    }

    /** As the image makes them: KAFKA_LOG_DIRS is log.dirs. */
    @Test
    void theBrokerTakesItsSettings() {
        Properties settings = new Properties();
        service("kafka")
                .path("environment")
                .properties()
                .forEach(variable -> settings.setProperty(
                        variable.getKey()
                                .substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        variable.getValue().asText()));

        assertThatCode(() -> KafkaConfig.fromProps(settings)).doesNotThrowAnyException();
    }

    @Test
    void everyServerIsAskedWhereItListens() throws IOException {
        for (String application : List.of("metering-stream", "fee-center")) {
            Properties settings = new Properties();
            try (InputStream file = Files.newInputStream(Path.of("compose", application + ".properties"))) {
                settings.load(file);
            }
            assertThat(service("kafka")
                            .at("/environment/KAFKA_ADVERTISED_LISTENERS")
                            .asText())
                    .contains("INSIDE://" + settings.getProperty("kafka.bootstrap.servers") + ",");
            assertThat(settings.getProperty("schema.registry.url")).startsWith("http://registry:8080/");
            assertThat(settings.getProperty("weir.database.url", "jdbc:postgresql://postgresql:5432/weir"))
                    .isEqualTo("jdbc:postgresql://postgresql:5432/weir");
        }
        assertThat(names(compose.path("services"))).contains("kafka", "registry", "postgresql");
    }

    private JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    private Stream<JsonNode> services() {
        return compose.path("services").valueStream();
    }

    private List<String> mounts() {
        return texts("volumes");
    }

    private List<String> texts(String key) {
        return services()
                .flatMap(service -> service.path(key).valueStream())
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
