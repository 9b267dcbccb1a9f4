package io.weir.deploy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The JavaScript examples in a copy of their own, with the packages that they name, on a stack. */
final class NodeFolder {

    private static final Path EXAMPLES = Path.of("examples/javascript");
    private static final Path OF_TESTS = Path.of("src/test/resources/javascript");
    private static final Path COPY = Path.of("target/javascript");
    private static final long LONGEST_MINUTES = 10;

    private final Map<String, String> environment;

    private NodeFolder(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Copies the examples, and installs their packages where they are not installed yet.
     *
     * @param environment variables of the programs
     */
    static NodeFolder install(Map<String, String> environment) throws IOException, InterruptedException {
        Files.createDirectories(COPY);
        copy(EXAMPLES);
        copy(OF_TESTS);
        NodeFolder folder = new NodeFolder(environment);
        folder.run("", "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts");
        return folder;
    }

    private static void copy(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(COPY.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    /** A file of the copy. */
    Path file(String name) {
        return COPY.resolve(name);
    }

    /** What a program prints that reads this input and ends by itself, and well. */
    String node(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return run(input, command.toArray(String[]::new));
    }

    /** Starts a program that goes on until it is ended; what it prints goes into a file of this name, and its errors beside it. */
    Process start(String output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return builder(command)
                .redirectErrorStream(false)
                .redirectError(file(output + ".errors").toFile())
                .redirectOutput(file(output).toFile())
                .start();
    }

    private String run(String input, String... command) throws IOException, InterruptedException {
        Path stdin = Files.writeString(file("input.txt"), input);
        Path stdout = file("output.txt");
        Process process = builder(List.of(command))
                .redirectInput(stdin.toFile())
                .redirectOutput(stdout.toFile())
                .start();
        try {
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " failed:\n" + Files.readString(stdout, UTF_8));
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(stdout, UTF_8);
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(COPY.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder;
    }
}
