package io.weir.feecenter.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.weir.feecenter.account.SmtpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

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
     * @param smtp through which codes are sent; without one nobody gets a code
     * @param billing the time by which is bound, paid and settled
     * @param people the time by which people sign in and type codes
     * @param unready why the tables cannot be used yet
     */
    public Console(
            ConsoleSettings settings,
            DataSource database,
            Optional<SmtpServer> smtp,
            InstantSource billing,
            InstantSource people,
            Supplier<Optional<String>> unready) {
        server = Javalin.create(config -> {
            limit(config);
            files(config);
            new Safeguards(unready, settings.isSecure(), settings.paymentOrigins()).addTo(config.routes);
            new ConsolePages(settings, database, smtp, billing, people).addTo(config.routes);
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
