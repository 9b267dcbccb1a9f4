package io.weir.metering;

import static io.weir.metering.SmallWorld.TEN;
import static io.weir.wire.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.wire.FreePort;
import io.weir.wire.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How far a stream is behind, whether its threads go on or hang. */
class UsageLagTest {

    private static final String GROUP = "lag";

    @Test
    void whatIsOnTheTopicAndNotCommittedIsNotReadYet() throws Exception {
        try (MeteringTopics topics = new MeteringTopics(2);
                UsageLag lag = new UsageLag(admin(topics), GROUP, 2)) {
            // Given
            for (int record = 0; record < 5; record++) {
                topics.move(TEN);
            }
            lag.start();

            // When / Then
            await().untilAsserted(() -> {
                assertThat(lag.of(0)).hasValue(5);
                assertThat(lag.of(1)).hasValue(5);
            });
            assertThat(lag.brokerAnswers()).isTrue();

            // When
            commit(topics, 3);

            // Then
            await().untilAsserted(() -> assertThat(lag.of(1)).hasValue(2));
        }
    }

    @Test
    void aBrokerThatIsAwayMakesItUnknown() throws IOException {
        Map<String, Object> nobodyThere = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + FreePort.next(),
                "default.api.timeout.ms",
                500,
                "request.timeout.ms",
                500);
        try (UsageLag lag = new UsageLag(Admin.create(nobodyThere), GROUP, 1)) {
            // When
            lag.start();

            // Then
            await().until(() -> !lag.brokerAnswers());
            assertThat(lag.of(0)).isEmpty();
        }
    }

    private static void commit(MeteringTopics topics, long offset) throws Exception {
        TopicPartition partition = new TopicPartition(Topics.USAGE_EVENTS.name(), 1);
        try (Admin admin = admin(topics)) {
            admin.alterConsumerGroupOffsets(GROUP, Map.of(partition, new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private static Admin admin(MeteringTopics topics) {
        return Admin.create(Map.of(
                "bootstrap.servers", Objects.requireNonNull(topics.settings().get("kafka.bootstrap.servers"))));
    }
}
