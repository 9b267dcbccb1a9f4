package io.weir.deploy.installation;

import io.weir.deploy.console.Failure;
import io.weir.feecenter.FeeCenterConfig;
import io.weir.feecenter.FeeCenterConfig.Login;
import io.weir.wire.Secret;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;

/** The ledger of an installation, read as the sink reads it. */
public final class LedgerSource {

    private LedgerSource() {}

    /**
     * Asks the ledger.
     *
     * @throws Failure if it cannot be read, naming where and as whom
     */
    public static void ask(FeeCenterConfig feeCenter, Consumer<DataSource> question) {
        Login login = feeCenter.database();
        try {
            question.accept(of(login));
        } catch (JdbiException trouble) {
            Throwable cause = trouble.getCause() == null ? trouble : trouble.getCause();
            throw new Failure(
                    "The ledger at %s cannot be read as %s: %s"
                            .formatted(login.url(), login.user(), cause.getMessage()),
                    trouble);
        }
    }

    /** Connections that only read, each opened when it is asked for. */
    public static DataSource of(Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(login.url());
        source.setUser(login.user());
        login.password().map(Secret::value).ifPresent(source::setPassword);
        source.setReadOnly(true);
        source.setConnectTimeout(10);
        source.setApplicationName("weir");
        return source;
    }
}
