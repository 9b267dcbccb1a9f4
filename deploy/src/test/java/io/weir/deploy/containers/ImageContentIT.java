package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the images are made of is what the build makes, and it starts where an image has it. No image is built. */
class ImageContentIT {

    private static final Path ROOT = Path.of("..");

    @TempDir
    Path image;

    @ParameterizedTest
    @ValueSource(strings = {"metering-stream", "fee-center", "weir"})
    void whatIsCopiedIsBuiltAndNotIgnored(String name) throws IOException {
        List<String> sent = Files.readAllLines(ROOT.resolve(".dockerignore"));

        assertThat(ContainerFile.of(name).all("COPY")).isNotEmpty().allSatisfy(copy -> {
            String source = copy.split(" ", 2)[0];
            assertThat(ROOT.resolve(source)).exists();
            assertThat(sent).contains("*", "!" + source);
        });
    }

    /** With nothing set, an application names what is missing; so Java, its jar and its libraries are all in their places. */
    @ParameterizedTest
    @CsvSource({
        "metering-stream, 2, kafka.bootstrap.servers",
        "fee-center,      2, weir.database.url",
        "weir,            2, audit"
    })
    void theEntrypointFindsItsLibraries(String name, int status, String said) throws Exception {
        ContainerFile file = ContainerFile.of(name);
        for (String copy : file.all("COPY")) {
            String[] paths = copy.split(" ", 2);
            place(ROOT.resolve(paths[0]).toRealPath(), inImage(paths[1]));
        }

        Path log = image.resolve("log");
        Process process = start(file, log);

        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).contains(said);
        assertThat(process.exitValue()).isEqualTo(status);
    }

    @AfterEach
    void takeTheLibrariesOut() throws IOException {
        Files.deleteIfExists(inImage("/opt/weir/lib"));
    }

    private Process start(ContainerFile file, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Arrays.stream(file.only("ENTRYPOINT").split("\"|, |\\[|]", -1))
                .filter(word -> !word.isEmpty())
                .skip(1)
                .map(word -> word.startsWith("/") ? inImage(word).toString() : word)
                .forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.matches("(KAFKA|WEIR|SCHEMA_REGISTRY)_.*"));
        builder.environment().putAll(file.variables());
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private Path inImage(String path) {
        return image.resolve(path.substring(1));
    }

    /** A jar finds its libraries beside where it really is, so it is copied. */
    private static void place(Path source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(source)) {
            Files.createSymbolicLink(target, source);
        } else {
            Files.copy(source, target);
        }
    }
}
