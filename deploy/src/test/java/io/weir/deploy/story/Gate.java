package io.weir.deploy.story;

import io.weir.deploy.console.Failure;
import io.weir.deploy.stack.Application;
import io.weir.deploy.stack.Ports;
import io.weir.deploy.story.Fate.Moment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Where a browser finds the console: passes requests and answers on, and kills the fee center in the moments that fate has chosen. Until the
 * fee center is back, nobody gets an answer.
 */
final class Gate implements AutoCloseable {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final Application feeCenter;
    private final Fate fate;
    private final ServerSocket socket;
    private final ExecutorService visits = Executors.newCachedThreadPool();
    private volatile CompletableFuture<Void> back = CompletableFuture.completedFuture(null);

    /** Opens it on a free port. */
    Gate(Application feeCenter, Fate fate) throws IOException {
        this.feeCenter = feeCenter;
        this.fate = fate;
        this.socket = new ServerSocket(Ports.free(), 0, HERE);
        visits.execute(this::welcome);
    }

    /** The console's address for the browser. */
    String url() {
        return "http://%s:%d".formatted(HERE.getHostAddress(), socket.getLocalPort());
    }

    private void welcome() {
        try {
            while (!socket.isClosed()) {
                Socket browser = socket.accept();
                visits.execute(() -> visit(browser));
            }
        } catch (IOException closed) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    /** One request; a connection that breaks is what a browser meets when a server dies. */
    private void visit(Socket browser) {
        try (browser) {
            Optional<Request> request = Request.read(browser.getInputStream());
            if (request.isPresent() && isOpen()) {
                answer(request.get(), browser.getOutputStream());
            }
        } catch (IOException broken) {
            // the browser learns it from its own end of the connection
        }
    }

    private boolean isOpen() {
        return back.isDone();
    }

    private void answer(Request request, OutputStream browser) throws IOException {
        switch (momentOf(request)) {
            case NEVER -> pass(ask(request), browser);
            case BEFORE_THE_REQUEST_COMES -> kill();
            case WHILE_IT_IS_ANSWERED -> pass(askAndKill(request), browser);
            case BEFORE_THE_ANSWER_COMES -> {
                ask(request);
                kill();
            }
            case AFTER_THE_ANSWER -> {
                pass(ask(request), browser);
                kill();
            }
        }
    }

    /** Once the moment has been chosen nobody else is let in, so that the same seed meets the same requests. */
    private synchronized Moment momentOf(Request request) {
        Moment moment = request.isOfAPerson() ? fate.next(request) : Moment.NEVER;
        if (moment != Moment.NEVER) {
            back = new CompletableFuture<>();
        }
        return moment;
    }

    private static void pass(byte[] answer, OutputStream browser) throws IOException {
        browser.write(answer);
        browser.flush();
    }

    /** What the fee center answers, as far as it comes. */
    private byte[] ask(Request request) throws IOException {
        URI console = URI.create(feeCenter.consoleUrl());
        try (Socket there = new Socket(console.getHost(), console.getPort())) {
            there.getOutputStream().write(request.alone());
            return there.getInputStream().readAllBytes();
        }
    }

    private byte[] askAndKill(Request request) throws IOException {
        CompletableFuture.delayedExecutor(fate.answeringMillis(), TimeUnit.MILLISECONDS)
                .execute(this::kill);
        return ask(request);
    }

    private void kill() {
        feeCenter.kill();
        visits.execute(this::startAgain);
    }

    private void startAgain() {
        try {
            feeCenter.startAgain();
            back.complete(null);
        } catch (Failure neverReady) {
            back.completeExceptionally(neverReady);
        }
    }

    /** Waits until the fee center is back, if it has been killed. */
    void awaitOpen() {
        back.join();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        visits.shutdownNow();
    }
}
