package io.weir.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aFreePortCanBeListenedOnAndLiesBelowTheEphemeralRange() throws IOException {
        // When
        int port = Ports.free();

        // Then
        assertThat(port).isBetween(20_000, 29_999);
        try (ServerSocket socket = listenOn(port)) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void noPortIsGivenTwiceThoughNothingListensThereYet() {
        // When
        Set<Integer> given =
                IntStream.range(0, 300).mapToObj(port -> Ports.free()).collect(Collectors.toSet());

        // Then
        assertThat(given).hasSize(300);
    }

    @Test
    void aPortOnWhichSomethingListensIsNotFree() throws IOException {
        // Given
        int port = Ports.free();

        // When
        try (ServerSocket socket = listenOn(port)) {
            // Then
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
    }

    private static ServerSocket listenOn(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
