package io.weir.feecenter.ledger;

import static io.weir.feecenter.ledger.TestLines.line;
import static io.weir.wire.Patience.PATIENCE;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.billing.BillLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Readers of a new topic, each in a thread of its own as in a fee center. */
final class TestReaders implements AutoCloseable {

    final TestTopic topic = new TestTopic("mock://reader");
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<Running> readers = new ArrayList<>();

    /** Of the group that all these share. */
    Running read(DataSource source) {
        return read("fee-center-" + System.identityHashCode(this), source);
    }

    Running read(String group, DataSource source) {
        Running running = new Running(group, source);
        readers.add(running);
        return running;
    }

    /** Lines of different items. */
    static List<BillLine> lines(String account, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> line(account, "item_" + i, "1.00"))
                .toList();
    }

    @Override
    public void close() {
        readers.forEach(Running::stop);
        topic.close();
    }

    /** One of them. */
    final class Running {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final BillLineReader reader;
        private final CompletableFuture<Void> run;

        Running(String group, DataSource source) {
            consumer = topic.consumer(group);
            reader = new BillLineReader(consumer, topic.decoder(), source, new LedgerMetrics(metrics));
            run = CompletableFuture.runAsync(reader, work -> new Thread(work, group).start());
        }

        void stop() {
            reader.close();
            run.exceptionally(failure -> null)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        Optional<String> trouble() {
            return reader.trouble();
        }

        /** How often the group has shared its partitions out anew. */
        double rebalances() {
            return consumer.metrics().entrySet().stream()
                    .filter(metric -> metric.getKey().name().equals("rebalance-total"))
                    .mapToDouble(metric -> (double) metric.getValue().metricValue())
                    .sum();
        }

        Throwable failure() throws Exception {
            return run.handle((nothing, failure) -> Objects.requireNonNull(failure.getCause()))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
