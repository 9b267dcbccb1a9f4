package io.weir.metering.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hook does in one task, in memory. How it fares in every kind of commit is {@link CommitPathsTest}. */
class CommitHookTest {

    @TempDir
    Path directory;

    private final List<String> journal = new ArrayList<>();

    @Test
    void writesBackOnceForEveryRecordInTheDriverWhichCommitsAfterEach() {
        // Given
        Tally tally = new Tally();
        try (TopologyTestDriver driver = new TopologyTestDriver(tally.topology("in", "out"), settings(1_048_576))) {
            TestInputTopic<String, String> input = input(driver);

            // When
            input.pipeInput("a", "");
            input.pipeInput("a", "");
            input.pipeInput("b", "");

            // Then
            assertThat(tally.writeBacks).containsExactly("0_0=1", "0_0=2", "0_0=3");
            assertThat(driver.<String, Long>getKeyValueStore(Tally.COUNTS).get("a"))
                    .isEqualTo(2);
            assertThat(driver.<String, Long>getKeyValueStore(Tally.POSITION).get(Tally.POSITION))
                    .isEqualTo(3);
        }
    }

    @Test
    void writesBackInsideArmingWhenThereIsNoCache() {
        // Given
        CommitHook hook = new CommitHook();
        try (TopologyTestDriver driver = new TopologyTestDriver(oneStep(hook, Journalist::new), settings(0))) {

            // When
            input(driver).pipeInput("a", "1");

            // Then
            assertThat(journal).containsExactly("register", "change 1", "write back", "armed");
        }
    }

    @Test
    void keepsEveryChangeWhenThereIsNoCache() {
        // Given
        Tally tally = new Tally();
        try (TopologyTestDriver driver = new TopologyTestDriver(tally.topology("in", "out"), settings(0))) {
            TestInputTopic<String, String> input = input(driver);

            // When
            input.pipeInput("a", "");
            input.pipeInput("a", "");

            // Then
            assertThat(tally.writeBacks).containsExactly("0_0=1", "0_0=2");
            assertThat(driver.<String, Long>getKeyValueStore(Tally.COUNTS).get("a"))
                    .isEqualTo(2);
        }
    }

    @Test
    void writesBackAfterTheRecordWhenThereIsACache() {
        // Given
        CommitHook hook = new CommitHook();
        try (TopologyTestDriver driver = new TopologyTestDriver(oneStep(hook, Journalist::new), settings(1_048_576))) {

            // When
            input(driver).pipeInput("a", "1");

            // Then
            assertThat(journal).containsExactly("register", "change 1", "armed", "write back");
        }
    }

    @Test
    void writesBackWhatAPunctuationChanged() {
        // Given
        CommitHook hook = new CommitHook();
        try (TopologyTestDriver driver = new TopologyTestDriver(oneStep(hook, Journalist::new), settings(1_048_576))) {

            // When
            driver.advanceWallClockTime(Duration.ofSeconds(60));

            // Then
            assertThat(journal).containsExactly("register", "punctuate", "write back");
        }
    }

    @Test
    void runsStepsInTheOrderOfTheirFirstRegistration() {
        // Given
        CommitHook hook = new CommitHook();
        try (TopologyTestDriver driver = new TopologyTestDriver(oneStep(hook, TwoSteps::new), settings(1_048_576))) {

            // When
            input(driver).pipeInput("a", "1");

            // Then
            assertThat(journal).containsExactly("one, registered again", "two");
        }
    }

    @Test
    void armsSeveralProcessorsOfATaskWithOnePut() {
        // Given
        CommitHook hook = new CommitHook();
        Topology topology = new Topology();
        topology.addSource(
                "input", Serdes.String().deserializer(), Serdes.String().deserializer(), "in");
        topology.addProcessor("first", () -> new Step(hook, "first"), "input");
        topology.addProcessor("second", () -> new Step(hook, "second"), "first");
        topology.addStateStore(hook.store(), "first", "second");
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings(1_048_576))) {

            // When
            input(driver).pipeInput("a", "1");

            // Then
            assertThat(journal).hasSize(2).containsExactlyInAnyOrder("write back first", "write back second");
        }
    }

    @Test
    void failsTheTaskWhenAWriteBackFails() {
        // Given
        CommitHook hook = new CommitHook();
        try (TopologyTestDriver driver = new TopologyTestDriver(oneStep(hook, Failing::new), settings(1_048_576))) {

            // When / Then
            assertThatThrownBy(() -> input(driver).pipeInput("a", "1"))
                    .isInstanceOf(StreamsException.class)
                    .hasRootCauseMessage("a number too large");
        }
    }

    @Test
    void namesTheTaskWhoseTopologyLacksTheStore() {
        // Given
        CommitHook hook = new CommitHook();
        CommitHook stranger = new CommitHook();

        // When / Then
        assertThatThrownBy(
                        () -> new TopologyTestDriver(oneStep(hook, ignored -> new Journalist(stranger)), settings(0)))
                .rootCause()
                .hasMessageStartingWith("0_0: no store commit-hook is open in this task");
    }

    @Test
    void refusesToServeTwoRunningTopologies() {
        // Given
        CommitHook hook = new CommitHook();
        Topology second = oneStep(hook, Journalist::new);
        try (TopologyTestDriver driver = new TopologyTestDriver(oneStep(hook, Journalist::new), settings(0))) {

            // When / Then
            assertThatThrownBy(() -> new TopologyTestDriver(second, settings(0)).close())
                    .hasMessageStartingWith("0_0: another store commit-hook is open");
            input(driver).pipeInput("a", "1");
            assertThat(journal).containsExactly("register", "change 1", "write back", "armed");
        }
    }

    @Test
    void servesATopologyThatWasClosedAndOpenedAgain() {
        // Given
        CommitHook hook = new CommitHook();
        new TopologyTestDriver(oneStep(hook, Journalist::new), settings(0)).close();

        // When
        try (TopologyTestDriver driver = new TopologyTestDriver(oneStep(hook, Journalist::new), settings(0))) {
            input(driver).pipeInput("a", "1");
        }

        // Then
        assertThat(journal).containsExactly("register", "register", "change 1", "write back", "armed");
    }

    private interface StepOf {
        Processor<String, String, Void, Void> with(CommitHook hook);
    }

    private static Topology oneStep(CommitHook hook, StepOf step) {
        Topology topology = new Topology();
        topology.addSource(
                "input", Serdes.String().deserializer(), Serdes.String().deserializer(), "in");
        topology.addProcessor("step", () -> step.with(hook), "input");
        topology.addStateStore(hook.store(), "step");
        return topology;
    }

    private Properties settings(int cacheBytes) {
        Properties settings = Tally.settings("driver", "127.0.0.1:1", directory.toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
        return settings;
    }

    private static TestInputTopic<String, String> input(TopologyTestDriver driver) {
        return driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    }

    /** Notes when what happens. */
    private final class Journalist implements Processor<String, String, Void, Void> {

        private final CommitHook hook;
        private CommitHook.Arm arm;

        Journalist(CommitHook hook) {
            this.hook = hook;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            hook.onCommit(context.taskId(), "journal", () -> journal.add("write back"));
            arm = hook.arm(context);
            context.schedule(Duration.ofSeconds(60), PunctuationType.WALL_CLOCK_TIME, this::punctuate);
            journal.add("register");
        }

        private void punctuate(long now) {
            journal.add("punctuate");
            arm.last();
        }

        @Override
        public void process(Record<String, String> record) {
            journal.add("change " + record.value());
            arm.last();
            journal.add("armed");
        }
    }

    /** Registers two steps, the first of them again. */
    private final class TwoSteps implements Processor<String, String, Void, Void> {

        private final CommitHook hook;
        private CommitHook.Arm arm;

        TwoSteps(CommitHook hook) {
            this.hook = hook;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            hook.onCommit(context.taskId(), "one", () -> journal.add("one"));
            hook.onCommit(context.taskId(), "two", () -> journal.add("two"));
            hook.onCommit(context.taskId(), "one", () -> journal.add("one, registered again"));
            arm = hook.arm(context);
        }

        @Override
        public void process(Record<String, String> record) {
            arm.last();
        }
    }

    /** Forwards, then arms. */
    private final class Step implements Processor<String, String, String, String> {

        private final CommitHook hook;
        private final String name;
        private CommitHook.Arm arm;
        private ProcessorContext<String, String> context;

        Step(CommitHook hook, String name) {
            this.hook = hook;
            this.name = name;
        }

        @Override
        public void init(ProcessorContext<String, String> context) {
            this.context = context;
            hook.onCommit(context.taskId(), name, () -> journal.add("write back " + name));
            arm = hook.arm(context);
        }

        @Override
        public void process(Record<String, String> record) {
            context.forward(record);
            arm.last();
        }
    }

    /** Cannot write back. */
    private static final class Failing implements Processor<String, String, Void, Void> {

        private final CommitHook hook;
        private CommitHook.Arm arm;

        Failing(CommitHook hook) {
            this.hook = hook;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            hook.onCommit(context.taskId(), "failing", () -> {
                throw new ArithmeticException("a number too large");
            });
            arm = hook.arm(context);
        }

        @Override
        public void process(Record<String, String> record) {
            arm.last();
        }
    }
}
