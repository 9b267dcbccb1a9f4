package io.weir.feecenter.account;

import io.weir.feecenter.ledger.LedgerDatabase;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Transactions in which what somebody else has already is a refusal and no failure. */
final class Changes {

    /** Constraints of all tables that a transaction of accounts may reach. */
    private static final Map<String, Refusal> ONCE = Map.of(
            "cloud_account_once", Refusal.CLOUD_ACCOUNT_TAKEN,
            "console_email_once_per_site", Refusal.EMAIL_TAKEN,
            "console_phone_once_per_site", Refusal.PHONE_TAKEN,
            "fee_center_user_name_once", Refusal.USER_NAME_TAKEN,
            "workspace_member_once", Refusal.MEMBER_ALREADY,
            "upgrade_pkey", Refusal.COMMERCIAL_ALREADY);

    private final Jdbi jdbi;

    Changes(DataSource source) {
        this.jdbi = LedgerDatabase.jdbi(source);
    }

    /** Reads. */
    <T, X extends Exception> T read(HandleCallback<T, X> question) throws X {
        return jdbi.withHandle(question);
    }

    /**
     * Changes all or nothing.
     *
     * @throws AccountRefused if the change is refused, or breaks a rule that something is there once only
     */
    <T, X extends Exception> T make(HandleCallback<T, X> change) throws X {
        try {
            return jdbi.inTransaction(change);
        } catch (JdbiException e) {
            Refusal refusal = ONCE.get(constraint(e));
            if (refusal == null) {
                throw e;
            }
            throw new AccountRefused(refusal, refusal + ": somebody else has it");
        }
    }

    /** Lets one transaction at a time do what has this name. */
    static void oneAtATime(Handle handle, String name) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", name)
                .mapTo(Integer.class)
                .one();
    }

    private static String constraint(Throwable trouble) {
        return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
                .filter(PSQLException.class::isInstance)
                .map(e -> ((PSQLException) e).getServerErrorMessage())
                .filter(Objects::nonNull)
                .map(ServerErrorMessage::getConstraint)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}
