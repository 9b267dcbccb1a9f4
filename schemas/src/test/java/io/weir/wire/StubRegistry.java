package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A server in the registry's place that answers as the test says and remembers what it was asked. */
final class StubRegistry implements AutoCloseable {

    /** How the server answers: with a status and a body, or never. */
    record Reply(int status, String body) {

        static final Reply NEVER = new Reply(0, "");

        static Reply found(String schema) {
            return new Reply(200, "{\"schema\": \"" + schema.replace("\"", "\\\"") + "\"}");
        }
    }

    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Reply> replies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();

    /** Gives these replies in turn, and the last one for ever. */
    StubRegistry(Reply... replies) throws IOException {
        this.replies.addAll(List.of(replies));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<String> paths() {
        return paths;
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private synchronized Reply next() {
        return replies.size() > 1 ? replies.remove(0) : replies.get(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Reply reply = next();
        if (reply.equals(Reply.NEVER)) {
            hang();
        }
        byte[] body = reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(Math.max(reply.status(), 200), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void hang() {
        try {
            closing.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
