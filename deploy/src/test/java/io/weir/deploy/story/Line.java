package io.weir.deploy.story;

import static io.weir.wire.Patience.await;

import io.weir.deploy.console.Progress;
import io.weir.deploy.generate.World;
import io.weir.deploy.generate.WorldFiles;
import io.weir.deploy.scenario.Loader;
import io.weir.deploy.scenario.Scenario;
import io.weir.deploy.scenario.ScenarioWriter;
import io.weir.deploy.scenario.UsageRecord;
import io.weir.deploy.stack.Application;
import io.weir.deploy.stack.DataFolder;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.stack.Stack;
import io.weir.deploy.watch.Completion;
import io.weir.deploy.watch.Target;
import io.weir.usage.Reading;
import io.weir.usage.UsageEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole line, from usage to the console, with sites and prices but nobody on it yet; time passes when it is told to. */
final class Line implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final Duration GRACE = Duration.ofHours(1);
    private static final World EMPTY = new World(
            List.of(
                    new World.Site("cn1", "Asia/Shanghai", "CN", "ALIYUN"),
                    new World.Site("cn4", "Asia/Shanghai", "CN", "HUAWEI")),
            List.of(),
            List.of(),
            List.of());

    private final Stack stack;
    private final Loader loader;
    private final Pipeline pipeline;
    private final Map<String, Long> sequences = new TreeMap<>();
    private long logRecords;

    /** Starts it at this time. */
    Line(Instant start) {
        stack = Stack.start(DataFolder.openNew(null), PARTITIONS);
        loader = new Loader(stack.broker().bootstrapServers(), stack.registry().url(), PARTITIONS);
        Path folder = stack.data().folder("control");
        try (ScenarioWriter files = ScenarioWriter.in(folder)) {
            WorldFiles.write(EMPTY, files);
        }
        loader.loadControl(Scenario.open(folder).control());
        pipeline = Pipeline.start(stack);
        passTo(start);
    }

    Stack stack() {
        return stack;
    }

    Application feeCenter() {
        return pipeline.feeCenter();
    }

    /** A workspace reports usage of this moment, which arrives a second later. */
    void use(Instant occurredAt, String workspaceId, Map<String, Long> readings) {
        long sequence = sequences.merge(workspaceId, 1L, Long::sum) - 1;
        UsageEvent event = new UsageEvent(
                workspaceId,
                "collector-1",
                sequence,
                Long.toString(sequence),
                occurredAt,
                "",
                new TreeMap<>(readings)
                        .entrySet().stream()
                                .map(reading -> new Reading(reading.getKey(), reading.getValue()))
                                .toList());
        logRecords += readings.getOrDefault("log_records", 0L);
        loader.load(new UsageRecord.Event(occurredAt.plusSeconds(1), workspaceId, event));
    }

    /** Lets time pass until everything until then is metered, posted and shown, and the fee center lives at that time. */
    void passTo(Instant clock) {
        passTo(clock, () -> {});
    }

    /** The same; as soon as the ledger has so many lines more, the fee center is killed. */
    void passToOverAKill(Instant clock, int lines) {
        long there = number("SELECT count(*) FROM bill_line");
        passTo(clock, () -> {
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> number("SELECT count(*) FROM bill_line") >= there + lines);
            killFeeCenter();
        });
    }

    private void passTo(Instant clock, Runnable meanwhile) {
        loader.heartbeat(clock);
        loader.flush();
        meanwhile.run();
        new Completion(pipeline, Progress.onStandardError())
                .await(new Target(clock, clock.minus(GRACE).minus(Duration.ofHours(24)), loader.usageSent()));
        await().until(() ->
                number("SELECT coalesce(sum(value), 0)::bigint FROM hourly_usage WHERE meter = 'log_records'")
                        >= logRecords);
    }

    /** Waits until metering knows of all that was changed in the console. */
    void awaitMeteringKnowsTheConsole() {
        await().until(() -> number("SELECT count(*) FROM control_outbox")
                == number("SELECT published_seq FROM control_outbox_position"));
        long next = number("SELECT next_offset FROM control_outbox_position");
        await().until(() -> controlOffset() >= next - 2); // the last offset is the transaction's marker
    }

    private double controlOffset() {
        return pipeline.metering().metrics().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("weir_control_offset "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    /** Waits until every line in the ledger is settled. */
    void awaitSettled() {
        await().until(() -> number("SELECT count(*) FROM bill_line") > 0
                && number(
                                "SELECT count(*) FROM bill_line LEFT JOIN settled_line USING (line_id) WHERE settled_at IS NULL")
                        == 0);
    }

    /** Waits until a month's statement is issued. */
    void awaitStatement() {
        await().until(() -> number("SELECT count(*) FROM statement") > 0);
    }

    /** What the fee center's database answers. */
    long number(String query) {
        try (Connection connection = stack.ledger().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The first column of what the fee center's database answers. */
    List<String> texts(String query) {
        try (Connection connection = stack.ledger().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (answer.next()) {
                values.add(answer.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Ends the fee center as a crash would, and starts it again at the same address. */
    void killFeeCenter() {
        feeCenter().kill();
        feeCenter().startAgain();
    }

    @Override
    public void close() {
        loader.close();
        stack.close();
    }
}
