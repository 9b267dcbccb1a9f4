package io.weir.feecenter.ledger;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** The tables as an older release left them. */
final class OlderLedger {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private OlderLedger() {}

    /**
     * Makes the tables that there were before a migration.
     *
     * @param version the number of that migration
     * @param folder an empty one, for the migrations before it
     */
    static void migrate(TestDatabase database, int version, Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(MIGRATIONS, file -> isBefore(version, file))) {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Flyway.configure()
                .dataSource(database.owner())
                .locations("filesystem:" + folder)
                .load()
                .migrate();
    }

    private static boolean isBefore(int version, Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("V") && Integer.parseInt(name.substring(1, name.indexOf('_'))) < version;
    }
}
