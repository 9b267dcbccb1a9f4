package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ports for the servers of tests. */
class FreePortTest {

    private static final int MANY = 300;

    @Test
    void noPortIsGivenTwiceThoughNothingListensThereYet() throws IOException {
        // When
        Set<Integer> given = new HashSet<>();
        for (int port = 0; port < MANY; port++) {
            given.add(FreePort.next());
        }

        // Then
        assertThat(given).hasSize(MANY);
    }

    @Test
    void aPortCanBeListenedOn() throws IOException {
        try (ServerSocket socket = new ServerSocket(FreePort.next(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
