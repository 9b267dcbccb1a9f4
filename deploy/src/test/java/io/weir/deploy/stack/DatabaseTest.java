package io.weir.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    @TempDir
    Path folder;

    @Test
    void whatIsCommittedOutlivesAnImmediateStop() throws SQLException, IOException {
        try (DataFolder data = DataFolder.open(folder);
                Database database = Database.start(data)) {
            // Given
            database.createWhatIsMissing();
            execute(database, "CREATE TABLE kept AS SELECT 'words' AS text");

            // When
            database.stopImmediately();
            database.startAgain();

            // Then
            assertThat(text(database)).isEqualTo("words");
            assertThat(Files.readString(data.log("database"))).contains("received immediate shutdown request");
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), Database.OWNER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Database database) throws SQLException {
        try (Connection connection = database.ledger("public").getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT text FROM kept")) {
            found.next();
            return found.getString(1);
        }
    }
}
