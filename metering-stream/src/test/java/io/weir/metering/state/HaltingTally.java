package io.weir.metering.state;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** A process that counts and stops dead, as after SIGKILL, at a chosen moment of one of its commits. */
final class HaltingTally {

    static final int EXIT = 97;

    /** Where in a commit the process stops. */
    enum Moment {
        BEFORE_WRITE_BACK,
        AFTER_WRITE_BACK,
        BEFORE_TRANSACTION_COMMITS,
        AFTER_TRANSACTION_COMMITTED
    }

    private final Moment moment;
    private final AtomicInteger passes = new AtomicInteger();
    private final int lastPass;

    private HaltingTally(Moment moment, int lastPass) {
        this.moment = moment;
        this.lastPass = lastPass;
    }

    /**
     * Arguments: moment, how many passes of it until the halt, bootstrap servers, application id, state directory,
     * input, output.
     */
    public static void main(String[] arguments) {
        HaltingTally halting = new HaltingTally(Moment.valueOf(arguments[0]), Integer.parseInt(arguments[1]));
        Tally tally = new Tally(
                task -> halting.pass(Moment.BEFORE_WRITE_BACK), task -> halting.pass(Moment.AFTER_WRITE_BACK));
        Properties settings = Tally.settings(arguments[3], arguments[2], arguments[4]);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200);
        settings.put(StreamsConfig.consumerPrefix("group.instance.id"), "static");
        new KafkaStreams(
                        tally.topology(arguments[5], arguments[6]),
                        settings,
                        new WatchedClients(
                                () -> halting.pass(Moment.BEFORE_TRANSACTION_COMMITS),
                                () -> halting.pass(Moment.AFTER_TRANSACTION_COMMITTED)))
                .start();
    }

    private void pass(Moment passed) {
        if (passed == moment && passes.incrementAndGet() == lastPass) {
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
