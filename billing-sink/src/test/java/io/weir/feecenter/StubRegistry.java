package io.weir.feecenter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.billing.BillLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A schema registry that knows one schema, that of bill lines: for processes that cannot share one in memory. */
final class StubRegistry implements AutoCloseable {

    private final HttpServer server;

    StubRegistry(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", StubRegistry::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", 1)
                    .put("version", 1)
                    .put("subject", "fee-center.bill-lines-value")
                    .put("schema", BillLine.getClassSchema().toString())
                    .toString()
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
