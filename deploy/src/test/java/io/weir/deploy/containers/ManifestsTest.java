package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests fit Kubernetes' own description of its objects, and each other. */
class ManifestsTest {

    private static final Map<String, Kind> KINDS = Map.of(
            "v1 Namespace", V1Namespace::fromJson,
            "v1 ServiceAccount", V1ServiceAccount::fromJson,
            "v1 Service", V1Service::fromJson,
            "v1 Secret", V1Secret::fromJson,
            "apps/v1 StatefulSet", V1StatefulSet::fromJson,
            "apps/v1 Deployment", V1Deployment::fromJson,
            "batch/v1 Job", V1Job::fromJson,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson);

    /** Reads an object as Kubernetes describes it; refuses a field that is unknown, missing or of another type. */
    private interface Kind {
        Object read(String json) throws IOException;
    }

    static List<Path> files() {
        return Manifests.files();
    }

    static List<JsonNode> workloads() {
        return Manifests.workloads();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyManifestIsWhatKubernetesTakes(Path file) {
        assertThat(YamlFile.documents(file))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThatCode(() -> read(manifest)).doesNotThrowAnyException());
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFoundAtAnyDepth() {
        JsonNode manifest = Manifests.one("StatefulSet", "metering-stream");
        ((ObjectNode) Manifests.container(manifest).path("readinessProbe")).put("failureTreshold", 3);

        assertThatThrownBy(() -> read(manifest)).hasMessageContaining("failureTreshold");
    }

    @Test
    void aValueOfAnotherTypeIsFound() {
        JsonNode manifest = Manifests.one("StatefulSet", "metering-stream");
        ((ObjectNode) manifest.path("spec")).put("replicas", "three");

        assertThatThrownBy(() -> read(manifest)).isNotNull();
    }

    private static Object read(JsonNode manifest) throws IOException {
        String kind = manifest.path("apiVersion").asText() + " "
                + manifest.path("kind").asText();
        return Optional.ofNullable(KINDS.get(kind))
                .orElseThrow(() -> new IllegalArgumentException(kind + " is no kind that is used"))
                .read(manifest.toString());
    }

    @Test
    void everyManifestIsApplied() {
        for (Path folder : Manifests.FOLDERS) {
            List<String> applied =
                    Manifests.texts(Manifests.kustomization(folder).path("resources"));
            assertThat(Manifests.files())
                    .filteredOn(file -> file.startsWith(folder) && !file.endsWith("secrets.example.yaml"))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(applied);
        }
    }

    @Test
    void everyFileOfAConfigMapIsThere() {
        for (Path folder : Manifests.FOLDERS) {
            Manifests.kustomization(folder)
                    .path("configMapGenerator")
                    .forEach(map -> assertThat(Manifests.texts(map.path("files")))
                            .isNotEmpty()
                            .allSatisfy(file -> assertThat(folder.resolve(file)).isRegularFile()));
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whatIsMountedExists(JsonNode workload) {
        for (JsonNode volume : Manifests.pod(workload).path("volumes")) {
            if (volume.has("configMap")) {
                assertThat(configMaps()).contains(volume.at("/configMap/name").asText());
            }
            if (volume.has("secret")) {
                Manifests.one("Secret", volume.at("/secret/secretName").asText());
            }
        }
        assertThat(names(Manifests.container(workload).path("volumeMounts")))
                .containsExactlyInAnyOrderElementsOf(
                        names(Manifests.pod(workload).path("volumes")));
    }

    private static List<String> configMaps() {
        return Manifests.FOLDERS.stream()
                .flatMap(folder -> names(Manifests.kustomization(folder).path("configMapGenerator")).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void secretsComeFromSecretsOnly(JsonNode workload) {
        for (JsonNode variable : Manifests.container(workload).path("env")) {
            if (variable.path("name").asText().matches(".*(PASSWORD|SECRET|USER_INFO|JAAS).*")) {
                JsonNode key = variable.at("/valueFrom/secretKeyRef");
                JsonNode secret = Manifests.one("Secret", key.path("name").asText());
                assertThat(secret.path("stringData").has(key.path("key").asText()))
                        .isTrue();
            }
        }
    }

    @Test
    void theSecretsInTheRepositoryArePlaceholders() {
        assertThat(Manifests.all("Secret"))
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(secret.path("stringData"))
                        .isNotEmpty()
                        .allSatisfy(value -> assertThat(value.asText()).contains("PLACEHOLDER")));
        assertThat(Manifests.texts(
                        Manifests.kustomization(Path.of("kubernetes")).path("resources")))
                .noneMatch(file -> file.contains("secret"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void thePodSecurityStandardRestrictedIsKept(JsonNode workload) {
        JsonNode pod = Manifests.pod(workload);
        JsonNode container = Manifests.container(workload);

        assertThat(pod.path("containers")).hasSize(1);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(Manifests.texts(container.at("/securityContext/capabilities/drop")))
                .containsExactly("ALL");
        assertThat(container.at("/resources/limits/memory").asText())
                .isNotEmpty()
                .isEqualTo(container.at("/resources/requests/memory").asText());
    }

    /** A service named kafka would add KAFKA_PORT, which the applications hand to Kafka's clients. */
    @ParameterizedTest
    @MethodSource("workloads")
    void noServiceAddsVariables(JsonNode workload) {
        assertThat(Manifests.pod(workload).path("enableServiceLinks").asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodHasTheLabelsThatItIsSelectedBy(JsonNode workload) {
        JsonNode labels = workload.at("/spec/template/metadata/labels");

        assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo(Manifests.name(workload));
        workload.at("/spec/selector/matchLabels")
                .properties()
                .forEach(label -> assertThat(labels.get(label.getKey())).isEqualTo(label.getValue()));
    }

    @Test
    void everySelectorFindsAWorkload() {
        List<String> workloads =
                Manifests.workloads().stream().map(Manifests::name).toList();
        String label = "app.kubernetes.io/name";

        assertThat(Manifests.all("Service"))
                .extracting(service ->
                        service.path("spec").path("selector").path(label).asText())
                .isSubsetOf(workloads);
        assertThat(Manifests.all("PodDisruptionBudget"))
                .extracting(budget ->
                        budget.at("/spec/selector/matchLabels").path(label).asText())
                .isSubsetOf(workloads);
        // An operator's pod is started by hand.
        assertThat(Manifests.all("NetworkPolicy").stream().flatMap(ManifestsTest::selected))
                .isSubsetOf(Stream.concat(workloads.stream(), Stream.of("weir")).toList());
    }

    private static Stream<String> selected(JsonNode policy) {
        JsonNode values = policy.at("/spec/podSelector/matchExpressions/0/values");
        return Manifests.texts(values).stream();
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path("name").asText())
                .toList();
    }
}
