package io.weir.feecenter;

import io.weir.wire.Settings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fee center as a process: {@code java -jar billing-sink.jar [properties file]}, until SIGTERM. Exit status 2 means
 * mistakes in the settings, 1 a defect that a person has to look at; both are named before.
 */
public final class FeeCenterApp {

    private static final Logger LOG = LoggerFactory.getLogger(FeeCenterApp.class);
    private static final int DEFECT = 1;
    private static final int MISTAKES = 2;
    private static final long PATIENCE_SECONDS = 25;

    private FeeCenterApp() {}

    /** Reads the settings, refuses them with all their mistakes, or runs. */
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.load(arguments, System.getenv());
        FeeCenterConfig config = FeeCenterConfig.from(settings);
        List<String> mistakes = settings.mistakes();
        if (mistakes.isEmpty()) {
            run(config);
        } else {
            mistakes.forEach(System.err::println);
            System.exit(MISTAKES);
        }
    }

    private static void run(FeeCenterConfig config) throws IOException {
        CountDownLatch finished = new CountDownLatch(1);
        try (FeeCenter feeCenter = new FeeCenter(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(feeCenter, finished), "shutdown"));
            LOG.info("Starting with {}", config);
            feeCenter.run();
            LOG.info("Stopped");
            finished.countDown();
        } catch (RuntimeException e) {
            LOG.error("Stopped by a defect: {}", e.getMessage(), e);
            finished.countDown();
            System.exit(DEFECT);
        }
    }

    private static void finish(FeeCenter feeCenter, CountDownLatch finished) {
        feeCenter.stop();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Not finished after {} s: the batch at hand is rolled back", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
