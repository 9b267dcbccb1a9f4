import io.weir.billing.BillLine;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A fee center in small: posts every bill line once, whatever crashes. The line and the position behind it are one transaction of
 * the database, and reading goes on from the position in the database, never from Kafka's. Several may share the work.
 *
 * <p>java PostingConsumer KAFKA.properties JDBC-URL; the tables are those of books.sql.
 */
public final class PostingConsumer {

    private final Connection books;
    private final KafkaConsumer<String, BillLine> consumer;

    private PostingConsumer(Connection books, KafkaConsumer<String, BillLine> consumer) {
        this.books = books;
        this.consumer = consumer;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        Properties settings = new Properties(); // bootstrap.servers, group.id, schema.registry.url
        try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(file);
        }
        settings.put("isolation.level", "read_committed"); // else it sees lines that are taken back
        settings.put("enable.auto.commit", "false"); // the database has the position
        settings.put("auto.offset.reset", "earliest");
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        settings.put("value.deserializer", "io.weir.wire.AvroDeserializer");
        try (Connection books = DriverManager.getConnection(arguments[1]);
                KafkaConsumer<String, BillLine> consumer = new KafkaConsumer<>(settings)) {
            books.setAutoCommit(false);
            new PostingConsumer(books, consumer).run();
        }
    }

    private void run() throws SQLException {
        consumer.subscribe(List.of("fee-center.bill-lines"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                assigned.forEach(partition -> consumer.seek(partition, position(partition)));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {} // what is posted is committed
        });
        while (true) {
            for (ConsumerRecord<String, BillLine> record : consumer.poll(Duration.ofSeconds(1))) {
                post(record.value());
                moveTo(record.partition(), record.offset() + 1);
            }
            books.commit();
        }
    }

    /** A line that is there already violates the primary key: somebody else has this partition, so this process ends. */
    private void post(BillLine line) throws SQLException {
        try (PreparedStatement row = books.prepareStatement("INSERT INTO line VALUES (?, ?, ?, ?, ?)")) {
            row.setString(1, line.getLineId());
            row.setString(2, line.getAccountId());
            row.setObject(3, line.getDay());
            row.setBigDecimal(4, new BigDecimal(line.getAmount()));
            row.setString(5, line.getCurrency());
            row.executeUpdate();
        }
    }

    private void moveTo(int partition, long nextOffset) throws SQLException {
        try (PreparedStatement row = books.prepareStatement("INSERT INTO read_up_to VALUES (?, ?)"
                + " ON CONFLICT (topic_partition) DO UPDATE SET next_offset = excluded.next_offset")) {
            row.setInt(1, partition);
            row.setLong(2, nextOffset);
            row.executeUpdate();
        }
    }

    private long position(TopicPartition partition) {
        try (PreparedStatement query =
                books.prepareStatement("SELECT next_offset FROM read_up_to WHERE topic_partition = ?")) {
            query.setInt(1, partition.partition());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException away) {
            throw new IllegalStateException("no position, so nothing may be posted", away);
        }
    }
}
