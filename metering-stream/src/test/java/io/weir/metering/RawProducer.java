package io.weir.metering;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * Speaks Kafka's protocol by hand, to send what no client would.
 *
 * @param bootstrapServers address of the broker, host:port
 */
record RawProducer(String bootstrapServers) {

    private static final short VERSION = 11; // the last ones name the topic by its id

    /** Sends a record in an lz4 batch of which a byte was changed on the way; gives the broker's answer. */
    Errors sendCorrupted(ProducerRecord<byte[], byte[]> record) throws IOException {
        MemoryRecords batch = MemoryRecords.withRecords(
                Compression.lz4().build(), new SimpleRecord(record.timestamp(), record.key(), record.value()));
        ByteBuffer bytes = batch.buffer();
        int last = bytes.limit() - 1;
        bytes.put(last, (byte) (bytes.get(last) ^ 1));
        return send(record.topic(), record.partition(), batch);
    }

    private Errors send(String topic, int partition, MemoryRecords batch) throws IOException {
        ProduceRequestData data = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(10_000);
        TopicProduceData topicData = new TopicProduceData()
                .setName(topic)
                .setPartitionData(
                        List.of(new PartitionProduceData().setIndex(partition).setRecords(batch)));
        data.setTopicData(new TopicProduceDataCollection(List.of(topicData).iterator()));
        RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, VERSION, "raw", 1);
        ByteBuffer answer = exchange(new ProduceRequest.Builder(VERSION, VERSION, data)
                .build(VERSION)
                .serializeWithHeader(header));
        ProduceResponse response = (ProduceResponse) AbstractResponse.parseResponse(answer, header);
        return Errors.forCode(response.data()
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .get(0)
                .errorCode());
    }

    private ByteBuffer exchange(ByteBuffer request) throws IOException {
        String[] address = bootstrapServers.split(":", 2);
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(request.remaining());
            out.write(request.array(), request.arrayOffset() + request.position(), request.remaining());
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return ByteBuffer.wrap(in.readNBytes(in.readInt()));
        }
    }
}
