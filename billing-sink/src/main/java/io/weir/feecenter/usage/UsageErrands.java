package io.weir.feecenter.usage;

import io.weir.feecenter.ledger.Background;
import java.time.Duration;

/** Copies in the background what workspaces used. */
public final class UsageErrands implements AutoCloseable {

    private final Background background = new Background("usage-errands");
    private final UsageReader reader;

    /**
     * Prepares the errand.
     *
     * @param reader closed with this
     */
    public UsageErrands(UsageReader reader) {
        this.reader = reader;
    }

    /**
     * Starts.
     *
     * @param pause between two looks at the topics
     */
    public void start(Duration pause) {
        background.repeat(pause, () -> background.attempt("The newest usage is not known", reader::readOn));
    }

    /** How many looks have failed since the start. */
    public long failures() {
        return background.failures();
    }

    /** Lets a look that is under way end, as far as it is quick. */
    @Override
    public void close() {
        background.end(reader::close);
    }
}
