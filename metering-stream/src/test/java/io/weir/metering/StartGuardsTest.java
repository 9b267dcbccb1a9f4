package io.weir.metering;

import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.wire.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a start looks at on the broker before it restores any state, and what it refuses (rules.md §7). */
class StartGuardsTest {

    private static final int PARTITIONS = 2;
    private static final String WAY_BACK = "the way back is deploy/weir rebuild";

    private FoundTopics found;

    @BeforeEach
    void openTopics() {
        found = new FoundTopics(PARTITIONS);
    }

    @AfterEach
    void closeTopics() throws Exception {
        found.close();
    }

    @Test
    void aFreshSystemStartsAndHasItsChangelogs() throws Exception {
        // When
        Optional<Origin> origin = found.start();

        // Then
        assertThat(origin).hasValueSatisfying(known -> {
            assertThat(known.partitions()).isEqualTo(PARTITIONS);
            assertThat(known.topicIds().keySet())
                    .contains("usage-events", "fee-center.control", "fee-center.bill-lines")
                    .containsAll(found.changelogs());
        });
        await().untilAsserted(() -> assertThat(found.names()).containsAll(found.changelogs()));
    }

    @Test
    void aFirstStartThatNeverCommittedStartsAgain() throws Exception {
        // Given
        Optional<Origin> first = found.start();
        found.abortedTransaction(found.changelog("partition"), "fee-center.bill-lines");

        // When
        Optional<Origin> second = found.start();

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void stateWithItsOffsetsStarts() throws Exception {
        // Given
        found.stateWithItsOffsets();
        found.send("fee-center.bill-lines", 0, "an account");

        // When / Then
        assertThat(found.start()).isPresent();
    }

    @Test
    void refusesOffsetsWithoutAChangelog() throws Exception {
        // Given
        found.stateWithItsOffsets();

        // When
        found.delete(List.of(found.changelog("billed")));

        // Then
        assertRefused("committed offsets", found.changelog("billed"), "missing", WAY_BACK);
    }

    @Test
    void refusesOffsetsWithoutAnyChangelog() throws Exception {
        // Given
        found.stateWithItsOffsets();

        // When
        found.delete(found.changelogs());

        // Then
        assertRefused("committed offsets", found.changelog("agenda"), "missing", WAY_BACK);
    }

    @Test
    void refusesAnEmptyState() throws Exception {
        // Given
        found.stateWithItsOffsets();

        // When
        found.delete(List.of(found.changelog("partition")));
        found.create(found.changelog("partition"), PARTITIONS, "compact");

        // Then
        assertRefused("committed offsets on partitions [0, 1] of usage-events", "empty", WAY_BACK);
    }

    @Test
    void refusesAChangelogWithAnotherNumberOfPartitions() throws Exception {
        // Given
        found.stateWithItsOffsets();

        // When
        found.delete(List.of(found.changelog("billed")));
        found.create(found.changelog("billed"), PARTITIONS + 1, "compact");

        // Then
        assertRefused(found.changelog("billed"), "3 partitions", "usage-events has 2", WAY_BACK);
    }

    @Test
    void refusesAChangelogFromWhichTheBrokerMayDelete() throws Exception {
        // Given
        found.stateWithItsOffsets();

        // When
        found.setCleanup(found.changelog("agenda"), "compact,delete");

        // Then
        await().untilAsserted(
                        () -> assertRefused(found.changelog("agenda"), "cleanup.policy=compact,delete", WAY_BACK));
    }

    @Test
    void refusesAChangelogFromWhichRecordsWereDeleted() throws Exception {
        // Given
        found.stateWithItsOffsets();

        // When
        found.delete(List.of(found.changelog("sources")));
        found.create(found.changelog("sources"), PARTITIONS, "delete");
        found.send(found.changelog("sources"), 1, "any");
        found.deleteRecords(found.changelog("sources"), 1, 1);
        found.setCleanup(found.changelog("sources"), "compact");

        // Then
        await().untilAsserted(() ->
                assertRefused("partition 1 of " + found.changelog("sources"), "begins at offset 1", WAY_BACK));
    }

    @Test
    void refusesAControlLogWithoutItsBeginning() throws Exception {
        // Given
        found.send(Topics.CONTROL.name(), 0, "any");

        // When
        found.deleteRecords(Topics.CONTROL.name(), 0, 1);

        // Then
        assertRefused("partition 0 of fee-center.control begins at offset 1", WAY_BACK);
    }

    @Test
    void refusesToPassOverUsageThatWasDeletedBeforeItWasRead() throws Exception {
        // Given
        found.stateWithItsOffsets();
        for (int record = 0; record < 10; record++) {
            found.send("usage-events", 1, "any");
        }

        // When
        found.deleteRecords("usage-events", 1, 10);

        // Then
        assertRefused("partition 1 of usage-events begins at offset 10", "was never read");
    }

    @Test
    void refusesStateOfAGroupThatIsForgotten() throws Exception {
        // Given
        found.stateWithItsOffsets();

        // When
        found.deleteGroup();

        // Then
        assertRefused("partitions [0, 1] of usage-events have state", "group " + found.applicationId(), WAY_BACK);
    }

    @Test
    void waitsForAnOffsetWhoseTransactionIsNotOver() throws Exception {
        // Given
        found.start();
        found.send(found.changelog("partition"), 0, "intake");

        try (Producer<byte[], byte[]> killed = found.halfCommitted(0)) {
            // When / Then
            assertThat(found.start()).isEmpty();
            killed.commitTransaction();
            await().untilAsserted(() -> assertThat(found.start()).isPresent());
        }
    }

    @Test
    void refusesStateOfOnePartitionWithoutItsOffset() throws Exception {
        // Given
        found.start();
        found.send(found.changelog("partition"), 0, "intake");
        found.send(found.changelog("partition"), 1, "intake");

        // When
        found.commit(0);

        // Then
        assertRefused("partitions [1] of usage-events have state", WAY_BACK);
    }

    @Test
    void aPartitionFromWhichNothingWasReadNeedsNeitherStateNorOffset() throws Exception {
        // Given
        found.start();
        found.send(found.changelog("partition"), 0, "intake");
        found.send("fee-center.bill-lines", 0, "an account");

        // When
        found.commit(0);

        // Then
        assertThat(found.start()).isPresent();
    }

    @Test
    void refusesToBillAgainWhatAnotherApplicationIdHasBilled() throws Exception {
        // When
        found.send("fee-center.bill-lines", 1, "an account");

        // Then
        assertRefused("weir.application.id=" + found.applicationId(), "fee-center.bill-lines has lines", WAY_BACK);
        assertThat(found.names()).doesNotContainAnyElementsOf(found.changelogs());
    }

    @Test
    void aRebuiltStateStartsWithoutOffsets() throws Exception {
        // Given
        found.send("fee-center.bill-lines", 0, "an account");
        found.create(found.changelog("billed"), PARTITIONS, "compact");
        found.create(found.changelog("partition"), PARTITIONS, "compact");

        // When
        found.send(found.changelog("partition"), 0, "rebuild");
        found.send(found.changelog("partition"), 1, "rebuild");

        // Then
        assertThat(found.start()).isPresent();
        // A topic that was just made may be missing from the broker's list for a moment.
        await().untilAsserted(() -> assertThat(found.names()).containsAll(found.changelogs()));
    }

    @Test
    void refusesARebuildThatDidNotReachItsEnd() throws Exception {
        // Given
        found.send("fee-center.bill-lines", 0, "an account");
        found.create(found.changelog("billed"), PARTITIONS, "compact");
        found.create(found.changelog("partition"), PARTITIONS, "compact");

        // When
        found.send(found.changelog("partition"), 0, "rebuild");

        // Then
        assertRefused("fee-center.bill-lines has lines", WAY_BACK);
    }

    @Test
    void aRebuildAllowsOneStartOnly() throws Exception {
        // Given
        found.start();
        found.send(found.changelog("partition"), 0, "rebuild");
        found.send(found.changelog("partition"), 1, "rebuild");

        // When
        found.send(found.changelog("partition"), 0, "intake");

        // Then
        assertRefused("partitions [0] of usage-events have state", WAY_BACK);
    }

    private void assertRefused(String... why) {
        assertThatThrownBy(found::start).isInstanceOf(StartRefused.class).hasMessageContainingAll(why);
    }
}
