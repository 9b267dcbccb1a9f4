package io.weir.deploy.containers;

import io.weir.wire.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** What an application in a container finds as its settings, brought to this machine. */
final class ContainerSettings {

    static final String SECRETS = "/run/secrets";

    private static final String OURS = "(WEIR|KAFKA|SCHEMA_REGISTRY|BASIC_AUTH)_.+";

    private final Properties properties = new Properties();
    private final Path folder;

    /** With a folder of this machine that stands for the secrets' one. */
    ContainerSettings(Path folder) {
        this.folder = folder;
    }

    /** The properties file that the application is given. */
    ContainerSettings file(String text) {
        try {
            properties.load(new StringReader(text.replace(SECRETS, folder.toString())));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    /**
     * Variables of the image or of the deployment, which win over what was given before. An application does not mind a variable
     * that it does not know; here each is a line of the file, so that it does.
     */
    ContainerSettings variables(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.matches(OURS)) {
                properties.setProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return this;
    }

    /** A secret as the container finds it. */
    ContainerSettings secret(String path, String content) throws IOException {
        Path file = folder.resolve(Path.of(SECRETS).relativize(Path.of(path)).toString());
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** What the application reads. */
    Settings read() throws IOException {
        Path file = folder.resolve("application.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return Settings.load(new String[] {file.toString()}, Map.of());
    }
}
