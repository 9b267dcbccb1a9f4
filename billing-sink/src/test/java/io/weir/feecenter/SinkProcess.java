package io.weir.feecenter;

import io.weir.feecenter.ledger.TestDatabase;
import io.weir.feecenter.ledger.TestTopic;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;

/** The fee center as a process of its own. A folder holds its {@code fee-center.properties} and its {@code log}. */
final class SinkProcess {

    private SinkProcess() {}

    /** The properties of a sink that takes ten records at a time and is a static member of its group. */
    static String settings(TestDatabase database, TestTopic topic, int port) {
        StringBuilder settings = new StringBuilder();
        Map<String, String> weir = Map.of(
                "weir.database.url",
                database.url(),
                "weir.database.user",
                TestDatabase.SINK,
                "weir.database.password",
                TestDatabase.PASSWORD,
                "weir.database.owner.user",
                TestDatabase.OWNER,
                "weir.database.owner.password",
                TestDatabase.PASSWORD,
                "weir.http.port",
                Integer.toString(port),
                "weir.console.port",
                "0",
                "weir.ledger.check.pause",
                "PT1S",
                "kafka.max.poll.records",
                "10",
                "kafka.group.instance.id",
                "one");
        weir.forEach(
                (key, value) -> settings.append(key).append('=').append(value).append('\n'));
        topic.settings()
                .forEach((key, value) -> settings.append(key.startsWith("schema.") ? "" : "kafka.")
                        .append(key)
                        .append('=')
                        .append(value)
                        .append('\n'));
        return settings.toString();
    }

    /** Starts a sink with the settings in this folder. */
    static Process start(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-Dlogback.configurationFile=" + FeeCenterApp.class.getResource("/logback.xml"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FeeCenterApp.class.getName(),
                        directory.resolve("fee-center.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(new File(directory.toFile(), "log")))
                .start();
    }

    /** Sends a signal such as STOP or CONT. */
    static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
