package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The schema registry: Apicurio behind Confluent's REST contract, with its schemas in a file of the data folder. */
public final class Registry implements AutoCloseable {

    private static final String NAME = "schema registry";

    /** H2 would keep what it acknowledged in memory for half a second, and a kill would lose the id of a schema in use. */
    private static final String ON_DISK_AT_ONCE = ";WRITE_DELAY=0";

    private final Child child;
    private final String url;

    private Registry(Child child, String url) {
        this.child = child;
        this.url = url;
    }

    /** Starts the registry on a free port. */
    static Registry start(DataFolder data) {
        int port = Ports.free();
        Child child = Child.java(
                NAME,
                data.log("registry"),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.http.access-log.enabled=false",
                        "-Dapicurio.datasource.url=jdbc:h2:file:"
                                + data.folder("registry").resolve("schemas")
                                + ON_DISK_AT_ONCE,
                        "-jar",
                        runner().toString()));
        return new Registry(child, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }

    private static Path runner() {
        try (Stream<Path> files = Files.list(Installation.built("deploy/target/apicurio-registry"))) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new Failure(
                            "deploy/target/apicurio-registry has no runner: build again, mvn clean package"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Waits for the registry and sets what Confluent's has from the start: new versions must read old records. */
    void awaitReady() {
        child.awaitReady(() -> Http.get(url + "/subjects").isPresent());
        if (Http.put(url + "/config", "{\"compatibility\":\"BACKWARD\"}").isEmpty()) {
            throw new Failure("The " + NAME + " refuses BACKWARD compatibility at " + url + "/config");
        }
    }

    /** Where clients find it, as {@code schema.registry.url}. */
    public String url() {
        return url;
    }

    /** Ends the registry as a crash of its process would: SIGKILL. */
    public void kill() {
        child.kill();
    }

    /** Starts the registry again at the same address, with the same schemas, and waits for it. */
    public void startAgain() {
        child.startAgain();
        awaitReady();
    }

    void requireAlive() {
        child.requireAlive();
    }

    @Override
    public void close() {
        child.close();
    }
}
