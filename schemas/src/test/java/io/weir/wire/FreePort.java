package io.weir.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A free port of 127.0.0.1 for a server of a test: below the range from which outgoing connections take theirs, for one of those
 * might hold the port when the server binds.
 */
public final class FreePort {

    private FreePort() {}

    /** A port from 20000 to 29999 that nothing listens on. */
    public static int next() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port of 127.0.0.1 between 20000 and 29999 in 100 attempts");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
