package io.weir.deploy.containers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of Kubernetes, as they lie in their two folders. */
final class Manifests {

    static final List<Path> FOLDERS = List.of(Path.of("kubernetes"), Path.of("kafka"));

    private static final String KUSTOMIZATION = "kustomization.yaml";

    private Manifests() {}

    /** All files with manifests. */
    static List<Path> files() {
        return FOLDERS.stream().flatMap(Manifests::files).toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(KUSTOMIZATION))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What ties the files of a folder together. */
    static JsonNode kustomization(Path folder) {
        return YamlFile.document(folder.resolve(KUSTOMIZATION));
    }

    /** All objects of this kind. */
    static List<JsonNode> all(String kind) {
        return files().stream()
                .flatMap(file -> YamlFile.documents(file).stream())
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .toList();
    }

    /** The object of this kind and name. */
    static JsonNode one(String kind, String name) {
        return all(kind).stream()
                .filter(manifest -> name(manifest).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + kind + " " + name));
    }

    /** All objects that run pods. */
    static List<JsonNode> workloads() {
        return Stream.of("StatefulSet", "Deployment", "Job")
                .flatMap(kind -> all(kind).stream())
                .toList();
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }

    /** The pod that a workload runs. */
    static JsonNode pod(JsonNode workload) {
        return workload.at("/spec/template/spec");
    }

    /** The only container of that pod. */
    static JsonNode container(JsonNode workload) {
        return pod(workload).at("/containers/0");
    }

    /** The elements of a list of texts. */
    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
