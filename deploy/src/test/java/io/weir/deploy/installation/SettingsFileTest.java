package io.weir.deploy.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.deploy.console.Failure;
import io.weir.metering.MeteringConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    private static final String SETTINGS = """
            weir.application.id=mine
            weir.state.dir=state
            kafka.bootstrap.servers=broker:9092
            kafka.security.protocol=SSL
            kafka.main.consumer.max.poll.records=7
            kafka.admin.client.id=auditor
            schema.registry.url=http://registry:8081
            """;

    @TempDir
    Path folder;

    @Test
    void anApplicationsOwnFileIsReadAsTheApplicationReadsIt() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("metering.properties"), SETTINGS);

        // When
        MeteringConfig config = read(file, null);

        // Then
        assertThat(config.applicationId()).isEqualTo("mine");
        assertThat(config.kafka()).containsEntry("bootstrap.servers", "broker:9092");
    }

    @Test
    void aStacksFileIsFoundInItsDataFolder() throws IOException {
        Files.writeString(folder.resolve("metering-stream.properties"), SETTINGS);
        assertThat(read(null, folder).applicationId()).isEqualTo("mine");
    }

    @Test
    void allMistakesAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("metering.properties"), "weir.typo=1\nweir.state.dir=state\n");
        assertThatThrownBy(() -> read(file, null))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("weir.typo is not a setting")
                .hasMessageContaining("kafka.bootstrap.servers");
    }

    @Test
    void eitherAFileOrADataFolderIsNamed() {
        assertThatThrownBy(() -> read(null, null)).hasMessageContaining("--metering FILE", "--data DIR");
        assertThatThrownBy(() -> read(folder, folder)).hasMessageContaining("--metering FILE");
    }

    @Test
    void aFolderOfNoStackIsNamed() {
        assertThatThrownBy(() -> read(null, folder)).hasMessageContaining("not the data folder of a running stack");
    }

    private static MeteringConfig read(@Nullable Path file, @Nullable Path data) {
        return SettingsFile.read("--metering", file, data, "metering-stream", MeteringConfig::from);
    }
}
