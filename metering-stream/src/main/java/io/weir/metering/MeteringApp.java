package io.weir.metering;

import io.weir.wire.Settings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metering stream as a process: {@code java -jar metering-stream.jar [properties file]}, until SIGTERM. Exit status 2
 * means mistakes in the settings, 1 a defect that a person has to look at; both are named before.
 */
public final class MeteringApp {

    private static final Logger LOG = LoggerFactory.getLogger(MeteringApp.class);
    private static final int DEFECT = 1;
    private static final int MISTAKES = 2;
    private static final long PATIENCE_SECONDS = 25;

    private MeteringApp() {}

    /** Reads the settings, refuses them with all their mistakes, or runs. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings = Settings.load(arguments, System.getenv());
        MeteringConfig config = MeteringConfig.from(settings);
        List<String> mistakes = settings.mistakes();
        if (!mistakes.isEmpty()) {
            mistakes.forEach(System.err::println);
            System.exit(MISTAKES);
        }
        run(config);
    }

    private static void run(MeteringConfig config) throws IOException, InterruptedException {
        CountDownLatch finished = new CountDownLatch(1);
        try (MeteringStream stream = new MeteringStream(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(stream, finished), "shutdown"));
            LOG.info("Starting with {}", config);
            stream.run();
            LOG.info("Stopped");
            finished.countDown();
        } catch (RuntimeException | Error defect) {
            LOG.error("Stopped by a defect: {}", defect.getMessage(), defect);
            finished.countDown();
            System.exit(DEFECT);
        }
    }

    private static void finish(MeteringStream stream, CountDownLatch finished) {
        stream.stop();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Not finished after {} s: what is not committed is taken back", PATIENCE_SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
