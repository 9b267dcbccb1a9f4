package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback interface, from 20000 to 29999: below the range from which the system takes the source ports of
 * connections, so that no connection takes a port between its choice and its use.
 *
 * <p>A part listens seconds after its port was chosen, and other stacks may be started meanwhile. So nobody chooses a port twice: a
 * UDP socket of the same number, open until this process ends, says that it is taken.
 */
public final class Ports {

    static final int FIRST = 20_000;
    static final int LAST = 29_999;
    private static final int ATTEMPTS = 200;

    private static final Queue<DatagramSocket> TAKEN = new ConcurrentLinkedQueue<>();

    private Ports() {}

    /** A port on which nothing listens now, and that is given to nobody else. */
    public static int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (take(port) && isFree(port)) {
                return port;
            }
        }
        throw new Failure("No free port from " + FIRST + " to " + LAST + " on 127.0.0.1: " + ATTEMPTS
                + " were tried. Stop what listens there, or allow listening on the loopback interface.");
    }

    /** Whether it is this caller's now. */
    private static boolean take(int port) {
        try {
            return TAKEN.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        } catch (IOException othersPort) {
            return false;
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
