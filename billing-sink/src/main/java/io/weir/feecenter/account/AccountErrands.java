package io.weir.feecenter.account;

import io.weir.feecenter.ledger.Background;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does soon after a change what it has left to do: to tell the control log and to send mail. */
public final class AccountErrands implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountErrands.class);

    private final Background background = new Background("account-errands");
    private final OutboxRelay relay;
    private final Optional<Mailings> mailings;

    /**
     * Prepares the errands.
     *
     * @param relay closed with this
     * @param mailings empty where there is no mail server: mail waits in the database then
     */
    public AccountErrands(OutboxRelay relay, Optional<Mailings> mailings) {
        this.relay = relay;
        this.mailings = mailings;
    }

    /**
     * Starts.
     *
     * @param pause between two looks at what waits
     */
    public void start(Duration pause) {
        if (mailings.isEmpty()) {
            LOG.warn("No mail is sent, it waits in the database: no mail server is set, see weir.smtp.host");
        }
        background.repeat(pause, this::run);
    }

    private void run() {
        background.attempt("The control log is not told yet", relay::publishWaiting);
        mailings.ifPresent(mail -> background.attempt("Mail waits", mail::sendWaiting));
    }

    /** How many attempts to tell the control log or to send mail have failed since the start; mail that is refused is none of them. */
    public long failures() {
        return background.failures();
    }

    /** Lets an errand that is under way end, as far as it is quick. */
    @Override
    public void close() {
        background.end(relay::close);
    }
}
