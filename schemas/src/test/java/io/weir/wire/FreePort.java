package io.weir.wire;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A free port of 127.0.0.1 for a server of a test: below the range from which outgoing connections take theirs, for one of those
 * might hold the port when the server binds.
 *
 * <p>Servers may bind seconds after their port was chosen, and tests run in several processes at once. So nobody chooses a port twice:
 * a UDP socket of the same number, open until this process ends, says that it is taken.
 */
public final class FreePort {

    private static final Queue<DatagramSocket> TAKEN = new ConcurrentLinkedQueue<>();

    private FreePort() {}

    /** A port from 20000 to 29999 that nothing listens on, and that is given to nobody else. */
    public static int next() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (take(port) && isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port of 127.0.0.1 between 20000 and 29999 in 100 attempts");
    }

    /** Whether it is this caller's now. */
    private static boolean take(int port) {
        try {
            return TAKEN.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        } catch (IOException othersPort) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
