package io.weir.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.deploy.stack.Stack;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The metering stream with its state on a disk of a few megabytes that nobody else sees: a file system in memory, in a user and mount namespace of
 * its own. It needs no root where users may have such namespaces.
 */
final class SmallDisk implements AutoCloseable {

    private static final Path JAR = Path.of("../metering-stream/target/metering-stream.jar");
    private static final String SIZE = "24m";
    private static final int CHUNK = 64 * 1024;

    /** Folder, whether somebody has filled it before, and the program. */
    private static final String MOUNT_AND_RUN = """
            mount -t tmpfs -o size=%s weir "$1" || exit 3
            [ "$2" = false ] || cat /dev/zero > "$1/filler" 2> /dev/null
            shift 2
            exec "$@"
            """.formatted(SIZE);

    private final Properties settings;
    private final Process process;

    private SmallDisk(Stack stack, boolean full) throws IOException {
        Path settingsFile = stack.meteringSettings();
        settings = new Properties();
        try (var reader = Files.newBufferedReader(settingsFile)) {
            settings.load(reader);
        }
        process = new ProcessBuilder(List.of(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        MOUNT_AND_RUN,
                        "sh",
                        settings.getProperty("weir.state.dir"),
                        Boolean.toString(full),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        JAR.toString(),
                        settingsFile.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        stack.data().log("small-disk").toFile()))
                .start();
    }

    /** Starts the metering stream on an empty disk. */
    static SmallDisk empty(Stack stack) throws IOException {
        return new SmallDisk(stack, false);
    }

    /** Starts the metering stream on a disk on which somebody else has left no room. */
    static SmallDisk full(Stack stack) throws IOException {
        return new SmallDisk(stack, true);
    }

    /** Leaves no byte of room. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            byte[] chunk = new byte[CHUNK];
            while (true) {
                filler.write(chunk);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    private Path filler() {
        return Path.of("/proc/" + process.pid() + "/root" + settings.getProperty("weir.state.dir") + "/filler");
    }

    /** What the health says, with the status before it; empty while nobody answers. */
    String health() throws InterruptedException {
        try {
            var answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + settings.getProperty("weir.http.port") + "/health/ready"))
                                    .build(),
                            BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException nobodyAnswers) {
            return "";
        }
    }

    /** Waits until it has ended by itself; its exit status. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** Ends it as an operator would, with SIGTERM; its exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
