package io.weir.deploy.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The settings of a child process, in the file that it is given. */
final class PropertiesFile {

    private PropertiesFile() {}

    /** What stands in the file; nothing if there is none. */
    static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
        return properties;
    }

    static Path write(Path file, Properties properties) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
            return file;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
