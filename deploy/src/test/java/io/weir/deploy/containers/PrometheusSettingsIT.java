package io.weir.deploy.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus takes its settings of {@code compose.yaml}, and finds the alerting rules where they are mounted. */
@Tag("installed")
class PrometheusSettingsIT {

    private static final String MOUNTED = "/etc/prometheus/weir";

    @TempDir
    Path folder;

    @Test
    void thePrometheusOfComposeFindsTheRules() throws Exception {
        String rules = Path.of("prometheus").toAbsolutePath().toString();
        String settings = Files.readString(Path.of("compose", "prometheus.yml"));
        assertThat(Files.readString(Path.of("compose.yaml"))).contains("./prometheus:" + MOUNTED + ":ro");

        assertThat(check(settings.replace(MOUNTED, rules)))
                .contains("rule files found", "rules found")
                .doesNotContain("FAILED");
    }

    private String check(String settings) throws Exception {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), settings);
        Path log = folder.resolve("log");
        Process check = new ProcessBuilder("promtool", "check", "config", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).isZero();
        return Files.readString(log);
    }
}
