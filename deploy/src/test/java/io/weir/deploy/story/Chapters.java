package io.weir.deploy.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The chapters of the story that happen in a browser: Debian's Chromium, driven by Playwright. */
final class Chapters {

    private static final Path SCRIPTS = Path.of("src/test/resources/story");
    private static final Path COPY = Path.of("target/story");
    private static final long LONGEST_MINUTES = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Gate gate;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * Installs Playwright where it is not installed yet.
     *
     * @param gate where the browser finds the console
     * @param letters the file of the mail that the fee center sends
     */
    Chapters(Gate gate, Path letters) throws IOException, InterruptedException {
        this.gate = gate;
        environment.put("CONSOLE", gate.url());
        environment.put("LETTERS", letters.toString());
        Files.createDirectories(COPY.resolve("pages"));
        forgetTheLastTelling();
        for (String script : List.of("package.json", "story.js", "person.js", "accessible.js")) {
            Files.write(COPY.resolve(script), Files.readAllBytes(SCRIPTS.resolve(script)));
        }
        run(List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"));
    }

    /** Whoever was signed in, and which codes were used. */
    private static void forgetTheLastTelling() throws IOException {
        try (Stream<Path> files = Files.list(COPY)) {
            for (Path file : files.filter(each -> each.getFileName().toString().matches("signed-in.json|codes-.*"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    /** Lets a chapter happen, and gives what it found out; the fee center is there at its end. */
    JsonNode tell(String chapter, String... details) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "story.js", chapter));
        command.addAll(List.of(details));
        try {
            String told = run(command).strip();
            return JSON.readTree(told.substring(told.lastIndexOf('\n') + 1));
        } finally {
            gate.awaitOpen();
        }
    }

    /** A file that the browser downloaded. */
    Path downloaded(String name) {
        return COPY.resolve(name);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = COPY.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(COPY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            String told = Files.readString(output, UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + told);
            }
            return told;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
