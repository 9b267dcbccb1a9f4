package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.metering.MeteringConfig;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The applications understand every setting that containers give them, and are where the files say that they are. */
class ApplicationSettingsTest {

    @TempDir
    Path folder;

    @Test
    void composeGivesTheMeteringStreamWhatItKnows() throws IOException {
        Settings settings = composed("metering-stream").read();
        MeteringConfig config = MeteringConfig.from(settings);

        assertThat(settings.mistakes()).isEmpty();
        assertThat(config.stateFolder().startsWith("/var/lib/weir")).isTrue();
        requireServedOutside("metering-stream", config.http());
    }

    @Test
    void composeGivesTheFeeCenterWhatItKnows() throws IOException {
        Settings settings = composed("fee-center").read();
        FeeCenterConfig config = FeeCenterConfig.from(settings);

        assertThat(settings.mistakes()).isEmpty();
        assertThat(config.database().password()).contains(new Secret("secret of ledger-sink"));
        assertThat(config.owner().orElseThrow().password()).contains(new Secret("secret of ledger-owner"));
        requireServedOutside("fee-center", config.http());
    }

    @Test
    void theOperatorsCommandsReadTheSameFiles() throws IOException {
        Map<String, String> image = ContainerFile.of("weir").variables();
        Settings settings = new ContainerSettings(folder)
                .file(Files.readString(Path.of("compose", "metering-stream.properties")))
                .variables(image)
                .read();
        MeteringConfig.from(settings);

        assertThat(settings.mistakes()).isEmpty();
    }

    private ContainerSettings composed(String service) throws IOException {
        JsonNode found = YamlFile.document(Path.of("compose.yaml")).at("/services/" + service);
        ContainerSettings settings = new ContainerSettings(folder);
        for (JsonNode secret : found.path("secrets")) {
            settings.secret(ContainerSettings.SECRETS + "/" + secret.asText(), "secret of " + secret.asText());
        }
        assertThat(found.at("/command/0").asText()).isEqualTo("/etc/weir/" + service + ".properties");
        return settings.file(Files.readString(Path.of("compose", service + ".properties")))
                .variables(ContainerFile.of(service).variables());
    }

    @Test
    void kubernetesGivesTheMeteringStreamWhatItKnows() throws IOException {
        JsonNode workload = Manifests.one("StatefulSet", "metering-stream");
        Settings settings = orchestrated(workload).read();
        MeteringConfig config = MeteringConfig.from(settings);

        assertThat(settings.mistakes()).isEmpty();
        assertThat(config.stateFolder().startsWith(mountPath(workload, "state")))
                .isTrue();
        assertThat(loginOf(config.kafka())).contains("weir-metering");
        requireServedOutside("metering-stream", config.http());
        requireReachable(workload, config.http().getPort());
    }

    @Test
    void kubernetesGivesTheFeeCenterWhatItKnows() throws IOException {
        JsonNode workload = Manifests.one("Deployment", "fee-center");
        Settings settings = orchestrated(workload).read();
        FeeCenterConfig config = FeeCenterConfig.from(settings);

        assertThat(settings.mistakes()).isEmpty();
        assertThat(loginOf(config.kafka())).contains("weir-fee-center");
        assertThat(config.errands().smtp()).isPresent();
        requireServedOutside("fee-center", config.http());
        requireReachable(workload, config.http().getPort());
    }

    /** Kafka's own clients read the login from the file that the secret is mounted as. */
    private static String loginOf(Map<String, String> kafka) {
        return new AdminClientConfig(new HashMap<>(kafka))
                .getPassword("sasl.jaas.config")
                .value();
    }

    @Test
    void everyStreamThreadIsAStaticMemberNamedAfterItsPod() throws IOException {
        MeteringConfig config = MeteringConfig.from(
                orchestrated(Manifests.one("StatefulSet", "metering-stream")).read());
        Map<String, Object> streams = new HashMap<>(config.kafka());
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());

        Map<String, Object> consumer =
                new StreamsConfig(streams).getMainConsumerConfigs(config.applicationId(), "client", 1);

        assertThat(consumer)
                .containsEntry("group.instance.id", "metadata.name-1")
                .containsEntry("session.timeout.ms", "60000");
    }

    private ContainerSettings orchestrated(JsonNode workload) throws IOException {
        String name = Manifests.name(workload);
        ContainerSettings settings = new ContainerSettings(folder);
        for (JsonNode volume : Manifests.pod(workload).path("volumes")) {
            if (volume.has("secret")) {
                JsonNode secret =
                        Manifests.one("Secret", volume.at("/secret/secretName").asText());
                mount(settings, mountPath(workload, volume.path("name").asText()), secret);
            }
        }
        assertThat(Manifests.container(workload).at("/args/0").asText())
                .isEqualTo(mountPath(workload, "settings") + "/" + name + ".properties");
        return settings.file(Files.readString(Path.of("kubernetes", name + ".properties")))
                .variables(ContainerFile.of(name).variables())
                .variables(variables(workload));
    }

    private static void mount(ContainerSettings settings, String path, JsonNode secret) throws IOException {
        for (Map.Entry<String, JsonNode> entry : secret.path("stringData").properties()) {
            settings.secret(path + "/" + entry.getKey(), entry.getValue().asText());
        }
    }

    private static String mountPath(JsonNode workload, String volume) {
        for (JsonNode mount : Manifests.container(workload).path("volumeMounts")) {
            if (mount.path("name").asText().equals(volume)) {
                return mount.path("mountPath").asText();
            }
        }
        throw new IllegalArgumentException(volume + " is not mounted");
    }

    /** A value that is only known in the cluster stands here as what it refers to. */
    private static Map<String, String> variables(JsonNode workload) {
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode variable : Manifests.container(workload).path("env")) {
            JsonNode source = variable.path("valueFrom");
            String value = variable.path("value")
                    .asText(source.at("/fieldRef/fieldPath")
                            .asText(source.at("/secretKeyRef/key").asText()));
            variables.put(variable.path("name").asText(), value);
        }
        return variables;
    }

    private static void requireServedOutside(String name, InetSocketAddress http) throws IOException {
        ContainerFile image = ContainerFile.of(name);
        String port = Integer.toString(http.getPort());

        assertThat(http.getAddress().isAnyLocalAddress()).isTrue();
        assertThat(image.only("EXPOSE")).isEqualTo(port);
        assertThat(image.only("HEALTHCHECK")).endsWith("CMD [\"/opt/weir/ready\", \"" + port + "\"]");
        assertThat(scrape(name).path("port").asInt()).isEqualTo(http.getPort());
    }

    private static JsonNode scrape(String service) {
        for (JsonNode job : YamlFile.document(Path.of("compose/prometheus.yml")).path("scrape_configs")) {
            if (job.path("job_name").asText().equals("weir-" + service)) {
                assertThat(job.at("/dns_sd_configs/0/names/0").asText()).isEqualTo(service);
                return job.at("/dns_sd_configs/0");
            }
        }
        throw new IllegalArgumentException(service + " is not scraped");
    }

    private static void requireReachable(JsonNode workload, int port) {
        JsonNode container = Manifests.container(workload);
        assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(port);
        assertThat(Manifests.one("Service", Manifests.name(workload))
                        .at("/spec/ports/0/port")
                        .asInt())
                .isEqualTo(port);
        assertThat(workload.at("/spec/template/metadata/annotations")
                        .path("prometheus.io/port")
                        .asInt())
                .isEqualTo(port);
    }
}
