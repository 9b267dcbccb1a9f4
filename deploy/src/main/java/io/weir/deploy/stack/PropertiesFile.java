package io.weir.deploy.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.Set;

/** The settings of a child process, in the file that it is given. */
final class PropertiesFile {

    private static final FileAttribute<Set<PosixFilePermission>> ONLY_THE_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

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

    /** Writes a file that only its owner may read: there may be passwords in it. */
    static Path write(Path file, Properties properties) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, ONLY_THE_OWNER);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
