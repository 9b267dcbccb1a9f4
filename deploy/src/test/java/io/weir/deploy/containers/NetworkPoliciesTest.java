package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods reach what their settings name, and nothing else reaches them or is reached. */
class NetworkPoliciesTest {

    private static final Pattern SERVICE = Pattern.compile("[a-z-]+\\.([a-z-]+)\\.svc:(\\d+)");

    static List<JsonNode> workloads() {
        return Manifests.workloads();
    }

    @Test
    void nothingComesInOrGoesOutUnlessAPolicySaysSo() {
        JsonNode policy = Manifests.one("NetworkPolicy", "nothing-else").path("spec");

        assertThat(policy.path("podSelector")).isEmpty();
        assertThat(Manifests.texts(policy.path("policyTypes"))).containsExactly("Ingress", "Egress");
        assertThat(policy.has("ingress") || policy.has("egress")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whateverTheSettingsNameIsReached(JsonNode workload) throws IOException {
        List<String> named = SERVICE.matcher(settings(workload))
                .results()
                .map(NetworkPoliciesTest::place)
                .toList();

        assertThat(named).isNotEmpty().isSubsetOf(reached(Manifests.name(workload)));
    }

    /** The arguments of a job, and the properties file of an application. */
    private static String settings(JsonNode workload) throws IOException {
        String arguments = Manifests.container(workload).path("args").toString();
        Path file = Path.of("kubernetes", Manifests.name(workload) + ".properties");
        return Files.exists(file) ? Files.readString(file) : arguments;
    }

    private static String place(MatchResult service) {
        return "port " + service.group(2) + " of namespace " + service.group(1);
    }

    private static List<String> reached(String workload) {
        return Manifests.all("NetworkPolicy").stream()
                .filter(policy -> selects(policy, workload))
                .flatMap(policy -> policy.at("/spec/egress").valueStream())
                .flatMap(NetworkPoliciesTest::places)
                .toList();
    }

    private static boolean selects(JsonNode policy, String workload) {
        JsonNode selector = policy.at("/spec/podSelector");
        return selector.isEmpty()
                || Manifests.texts(selector.at("/matchExpressions/0/values")).contains(workload);
    }

    private static Stream<String> places(JsonNode rule) {
        String namespace = rule.at("/to/0/namespaceSelector/matchLabels")
                .path("kubernetes.io/metadata.name")
                .asText();
        return rule.path("ports")
                .valueStream()
                .map(port -> "port " + port.path("port").asText() + " of namespace " + namespace);
    }

    @Test
    void onlyPrometheusComesIn() {
        assertThat(Manifests.all("NetworkPolicy"))
                .filteredOn(policy -> policy.path("spec").has("ingress"))
                .singleElement()
                .satisfies(policy -> assertThat(policy.at("/spec/ingress"))
                        .singleElement()
                        .satisfies(rule -> {
                            assertThat(rule.at("/from/0/podSelector/matchLabels")
                                            .path("app.kubernetes.io/name")
                                            .asText())
                                    .isEqualTo("prometheus");
                            assertThat(rule.at("/ports/0/port").asText()).isEqualTo("http");
                        }));
    }
}
