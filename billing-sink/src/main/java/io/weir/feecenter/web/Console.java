package io.weir.feecenter.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.weir.feecenter.account.Bindings;
import io.weir.feecenter.account.Codes;
import io.weir.feecenter.account.ConsoleAccounts;
import io.weir.feecenter.account.ContactChanges;
import io.weir.feecenter.account.FeeCenterAccounts;
import io.weir.feecenter.account.Mail;
import io.weir.feecenter.account.SmtpServer;
import io.weir.feecenter.account.Workspaces;
import io.weir.feecenter.ledger.LedgerDatabase;
import io.weir.feecenter.settlement.PaymentProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jdbi.v3.core.Jdbi;

/** The web server of the console and of the API. */
public final class Console implements AutoCloseable {

    private static final long LARGEST_REQUEST_BYTES = 1 << 20;
    private static final int CONNECTIONS = 500;
    private static final int THREADS = 32;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Javalin server;

    /**
     * Begins to listen. Until {@code unready} is empty every page is a 503 with the reason.
     *
     * @param database a pool of its own, so that pages wait for each other and not the ledger for them
     * @param smtp through which codes are sent
     * @param payments takes the money of top-ups and cards; its customers come back to {@code /fee-center/wallet/paid}
     * @param unready why the tables cannot be used yet
     */
    public Console(
            ConsoleSettings settings,
            DataSource database,
            SmtpServer smtp,
            PaymentProvider payments,
            InstantSource clock,
            Supplier<Optional<String>> unready) {
        server = Javalin.create(config -> {
            limit(config);
            files(config);
            addPages(config.routes, settings, database, new Safeguards(unready, settings.isSecure()), clock);
            addFeeCenter(config.routes, database, smtp, payments, clock);
        });
        server.start(settings.address().getHostString(), settings.address().getPort());
    }

    private static void limit(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = LARGEST_REQUEST_BYTES;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 2);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(IDLE.toMillis());
        });
        config.jetty.modifyServer(jetty -> {
            jetty.addBean(new NetworkConnectionLimit(CONNECTIONS, jetty));
            jetty.setStopTimeout(Duration.ofSeconds(5).toMillis());
        });
    }

    /** The style and the script of the console, and the libraries under their versions: those never change. */
    private static void files(JavalinConfig config) {
        config.staticFiles.add(own -> {
            own.hostedPath = "/static";
            own.directory = "/io/weir/feecenter/web/static";
            own.location = Location.CLASSPATH;
            own.headers = Map.of("Cache-Control", "max-age=300", "X-Content-Type-Options", "nosniff");
        });
        config.staticFiles.add(libraries -> {
            libraries.hostedPath = "/libraries";
            libraries.directory = "/META-INF/resources/webjars";
            libraries.location = Location.CLASSPATH;
            libraries.headers =
                    Map.of("Cache-Control", "max-age=31536000, immutable", "X-Content-Type-Options", "nosniff");
        });
    }

    private static void addPages(
            JavalinDefaultRoutingApi routes,
            ConsoleSettings settings,
            DataSource database,
            Safeguards safeguards,
            InstantSource clock) {
        Pages pages = new Pages();
        ConsoleAccounts people = new ConsoleAccounts(database, clock);
        FeeCenterAccounts payers = new FeeCenterAccounts(database, clock);
        Workspaces workspaces = new Workspaces(database, clock);
        Visits visits = new Visits(new Sessions(database, clock), people, payers, settings.isSecure());
        routes.before(safeguards::addHeaders)
                .before(safeguards::requireReady)
                .before(safeguards::refuseForeignForms)
                .beforeMatched(visits::begin);
        new SignInPages(pages, visits, people, payers, List::of, settings.operatorPassword()).addTo(routes);
        new WorkspacePages(pages, workspaces).addTo(routes);
        new Troubles(pages, visits).addTo(routes);
    }

    private static void addFeeCenter(
            JavalinDefaultRoutingApi routes,
            DataSource database,
            SmtpServer smtp,
            PaymentProvider payments,
            InstantSource clock) {
        Pages pages = new Pages();
        Jdbi jdbi = LedgerDatabase.jdbi(database);
        Workspaces workspaces = new Workspaces(database, clock);
        new FeeCenterPages(pages, jdbi, clock).addTo(routes);
        new BillPages(pages, database, jdbi, clock).addTo(routes);
        new BillLinePages(pages, jdbi, new Bindings(database, clock), workspaces).addTo(routes);
        new StatementPages(pages, jdbi, clock).addTo(routes);
        new MovementPages(pages, database).addTo(routes);
        new WalletPages(pages, jdbi, clock, payments).addTo(routes);
        new AlertPages(pages, jdbi, clock).addTo(routes);
        Codes codes = new Codes(database, clock, new Mail(smtp));
        new PayerPages(pages, new ContactChanges(database, clock, codes)).addTo(routes);
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Lets the requests at hand end, and listens no more. */
    @Override
    public void close() {
        server.stop();
    }
}
