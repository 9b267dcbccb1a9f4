package io.weir.deploy.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool for checking. */
final class Promtool {

    /** What it answered. */
    record Answer(int status, String text) {}

    private Promtool() {}

    /** Runs it on a text. */
    static Answer run(String input, String... arguments) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile("promtool", ".txt"), input);
        try {
            List<String> command = new ArrayList<>(List.of("promtool"));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(file.toFile())
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Answer(process.waitFor(), text);
        } finally {
            Files.delete(file);
        }
    }
}
