package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application says about itself over HTTP: {@code /metrics} in Prometheus' text format, {@code /health/live} (the
 * process answers) and {@code /health/ready} (503 with the reason while it cannot do its work).
 */
public final class HealthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final HttpServer server;
    private final ExecutorService threads;

    private HealthServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts answering.
     *
     * @param address where to listen; port 0 takes any free one
     * @param metrics the exposition in Prometheus' text format 0.0.4, asked for at every scrape
     * @param unready why the application cannot do its work now; empty when it can
     * @throws IOException if the address is in use or not of this machine
     */
    public static HealthServer start(
            InetSocketAddress address, Supplier<String> metrics, Supplier<Optional<String>> unready)
            throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newFixedThreadPool(2, HealthServer::daemon);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, () -> answerTo(exchange, metrics, unready)));
        server.start();
        return new HealthServer(server, threads);
    }

    /** The port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private record Answer(int status, String type, String text) {}

    private static Answer answerTo(
            HttpExchange exchange, Supplier<String> metrics, Supplier<Optional<String>> unready) {
        if (!METHODS.contains(exchange.getRequestMethod())) {
            return new Answer(405, PLAIN, "only GET and HEAD\n");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> new Answer(200, PROMETHEUS, metrics.get());
            case "/health/live" -> new Answer(200, PLAIN, "live\n");
            case "/health/ready" ->
                unready.get()
                        .map(reason -> new Answer(503, PLAIN, reason + "\n"))
                        .orElse(new Answer(200, PLAIN, "ready\n"));
            default -> new Answer(404, PLAIN, "there are /metrics, /health/live and /health/ready\n");
        };
    }

    private static void answer(HttpExchange exchange, Supplier<Answer> question) throws IOException {
        try (exchange) {
            Answer answer = answerOrFailure(exchange, question);
            byte[] body = answer.text().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Answer answerOrFailure(HttpExchange exchange, Supplier<Answer> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            LOG.error("{} could not be answered", exchange.getRequestURI().getPath(), e);
            return new Answer(500, PLAIN, "failed, see the log\n");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "health");
        thread.setDaemon(true);
        return thread;
    }
}
