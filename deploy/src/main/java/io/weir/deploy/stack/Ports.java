package io.weir.deploy.stack;

import io.weir.deploy.console.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback interface, from 20000 to 29999: below the range from which the system takes the source ports of
 * connections, so that no connection takes a port between its choice and its use.
 */
public final class Ports {

    static final int FIRST = 20_000;
    static final int LAST = 29_999;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    /** A port on which nothing listens now. */
    public static int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new Failure("No free port from " + FIRST + " to " + LAST + " on 127.0.0.1: " + ATTEMPTS
                + " were tried. Stop what listens there, or allow listening on the loopback interface.");
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
