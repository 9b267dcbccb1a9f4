package io.weir.feecenter.ledger;

/**
 * How far one partition of a topic has been read, as the database has it, and by which reader.
 *
 * @param topic name of the topic
 * @param partition the partition
 * @param epoch counts the readers that took the partition up; only the newest may move the position
 * @param nextOffset offset of the first record that has not been read, 0 or more
 */
public record SinkPosition(String topic, int partition, long epoch, long nextOffset) {

    SinkPosition movedTo(long offset) {
        return new SinkPosition(topic, partition, epoch, offset);
    }
}
