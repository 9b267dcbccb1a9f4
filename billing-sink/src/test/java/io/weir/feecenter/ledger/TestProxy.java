package io.weir.feecenter.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the sink and the database, and can cut them off from each other at the worst moment. */
public final class TestProxy implements AutoCloseable {

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger commitsToSwallow = new AtomicInteger();
    private final AtomicInteger commitsToStop = new AtomicInteger();
    private final AtomicInteger swallowed = new AtomicInteger();
    private final ServerSocket server;
    private final int target;
    private boolean away;

    public TestProxy(int port, int target) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        daemon(this::accept);
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** Cuts all connections and refuses new ones. */
    public synchronized void takeAway() {
        away = true;
        sockets.forEach(TestProxy::close);
    }

    /** Lets connections through again. */
    public synchronized void bringBack() {
        away = false;
    }

    /** The next COMMITs reach the database, but instead of its answer the sink finds the connection cut. */
    void swallowAnswersToCommit(int times) {
        commitsToSwallow.set(times);
    }

    /** The next COMMITs do not reach the database: the connection is cut before. */
    void stopCommits(int times) {
        commitsToStop.set(times);
    }

    /** How many COMMITs are still to be stopped. */
    int commitsToStop() {
        return commitsToStop.get();
    }

    /** How many answers were swallowed. */
    int swallowed() {
        return swallowed.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                take(server.accept());
            } catch (IOException e) {
                close(server);
            }
        }
    }

    /** Not while it is taken away: who had just come would stay connected. */
    private synchronized void take(Socket client) throws IOException {
        if (away) {
            close(client);
        } else {
            connect(client);
        }
    }

    private void connect(Socket client) throws IOException {
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(database);
        AtomicInteger committing = new AtomicInteger();
        daemon(() -> pump(client, database, bytes -> {
            if (bytes.contains("COMMIT") && takeOne(commitsToStop)) {
                return false;
            }
            if (bytes.contains("COMMIT") && takeOne(commitsToSwallow)) {
                committing.set(1);
            }
            return true;
        }));
        daemon(() -> pump(database, client, bytes -> {
            if (committing.get() == 1) {
                swallowed.incrementAndGet();
                return false;
            }
            return true;
        }));
    }

    private static boolean takeOne(AtomicInteger count) {
        return count.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private interface Filter {
        boolean lets(String bytes);
    }

    private static void pump(Socket from, Socket to, Filter filter) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[65_536];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!filter.lets(new String(buffer, 0, length, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side has gone, and so will the other: that is what a proxy is for.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        close(server);
        takeAway();
    }
}
