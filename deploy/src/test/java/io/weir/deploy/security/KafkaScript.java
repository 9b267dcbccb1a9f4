package io.weir.deploy.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A script of {@code deploy/kafka}, asked what it would do: the commands of Kafka that it would run, one by one. */
record KafkaScript(Path file, Map<String, String> variables) {

    static final KafkaScript ACLS = new KafkaScript(Path.of("kafka/acls.sh"), Map.of());
    static final KafkaScript TOPICS = new KafkaScript(Path.of("kafka/topics.sh"), Map.of());

    /** The same script with a variable set. */
    KafkaScript with(String variable, String value) {
        return new KafkaScript(file, Map.of(variable, value));
    }

    /** The arguments of each command. */
    List<List<String>> commands() throws IOException {
        return run("--dry-run")
                .lines()
                .map(line -> Arrays.asList(line.strip().split(" ")))
                .map(words -> words.subList(1, words.size()))
                .toList();
    }

    /** What the script prints. */
    String run(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("bash", file.toString()), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process script = builder.start();
        String said = new String(script.getInputStream().readAllBytes(), UTF_8);
        if (script.onExit().join().exitValue() != 0) {
            throw new IOException(said);
        }
        return said;
    }
}
