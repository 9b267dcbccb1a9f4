package io.weir.deploy.result;

import io.weir.billing.BillLine;
import io.weir.deploy.stack.Pipeline;
import io.weir.deploy.watch.MeteringMetrics;
import io.weir.deploy.watch.Outcome;
import io.weir.deploy.watch.TopicReader;
import io.weir.feecenter.ledger.BillQuery;
import io.weir.wire.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;

/**
 * What a pipeline holds that has completed all of its usage.
 *
 * @param ledger the fee center's answers
 * @param lines all lines of the topic that the reader could see
 * @param outcomes what became of the records, without the heartbeats that are not part of the scenario
 */
public record Reading(BillQuery ledger, IssuedLines lines, List<List<String>> outcomes) {

    /**
     * Reads ledger, topic and counters.
     *
     * @param heartbeats number of records that were sent beside those of the scenario
     */
    public static Reading of(Pipeline pipeline, long heartbeats) {
        return of(pipeline, heartbeats, IsolationLevel.READ_COMMITTED);
    }

    /** The same, with the lines as a reader of this isolation sees them. */
    public static Reading of(Pipeline pipeline, long heartbeats, IsolationLevel isolation) {
        return new Reading(
                new BillQuery(pipeline.stack().ledger()),
                new IssuedLines(lines(pipeline, isolation)),
                outcomes(pipeline, heartbeats));
    }

    private static List<BillLine> lines(Pipeline pipeline, IsolationLevel isolation) {
        try (TopicReader<BillLine> reader = new TopicReader<>(
                pipeline.stack(), Topics.BILL_LINES, pipeline.stack().partitions(), isolation)) {
            return reader.readToEnd();
        }
    }

    private static List<List<String>> outcomes(Pipeline pipeline, long heartbeats) {
        Map<Outcome, Long> counts = new MeteringMetrics(pipeline.meterings()).outcomes();
        counts.merge(Outcome.HEARTBEAT, -heartbeats, Long::sum);
        return counts.entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .map(count -> List.of(
                        count.getKey().outcome(),
                        count.getKey().reason(),
                        count.getValue().toString()))
                .toList();
    }

    /** Fails if ledger and topic differ. */
    public void requireAgreement() {
        new Agreement(ledger, lines).require();
    }

    /** All of it as rows of text. */
    public Result result() {
        return new Result(ledger.bill().stream().map(BillQuery.BillRow::columns).toList(), outcomes, lines.asIssued());
    }
}
