package io.weir.feecenter.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.feecenter.ledger.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxCheckTest {

    private final TestDatabase database = TestDatabase.shared();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nothingWaitsAtFirst() {
        assertThat(OutboxCheck.of(database.jdbi())).isEqualTo(new OutboxCheck(0, Duration.ZERO, 0));
    }

    @Test
    void theOldestChangeThatIsNotPublishedSaysForHowLongTheyWait() {
        // Given
        change(1, "2 hours");
        change(2, "1 hour");
        change(3, "0 hours");
        database.asSuperuser("UPDATE control_outbox_position SET published_seq = 1");

        // When
        OutboxCheck check = OutboxCheck.of(database.jdbi());

        // Then
        assertThat(check.changes()).isEqualTo(2);
        assertThat(check.oldestChange()).isBetween(Duration.ofHours(1), Duration.ofMinutes(90));
    }

    @Test
    void aMailWaitsUntilItIsSent() {
        // Given
        database.asSuperuser("""
                INSERT INTO mail_outbox (recipient, subject, body, recorded_at, sent_at)
                VALUES ('ada@example.com', 'one', '', now(), NULL), ('ada@example.com', 'other', '', now(), now())
                """);

        // When / Then
        assertThat(OutboxCheck.of(database.jdbi()).mails()).isEqualTo(1);
    }

    private void change(int seq, String ago) {
        database.asSuperuser("""
                INSERT INTO control_outbox (seq, record_key, record, said, recorded_at)
                VALUES (%d, 'acct_a', '', '{}', now() - interval '%s')
                """.formatted(seq, ago));
    }
}
