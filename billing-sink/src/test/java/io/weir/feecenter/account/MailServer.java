package io.weir.feecenter.account;

import static io.weir.wire.Patience.PATIENCE;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.weir.wire.FreePort;
import io.weir.wire.Secret;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real SMTP server on 127.0.0.1 that keeps what it takes and asks for a password. */
public final class MailServer implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final ServerSetup setup = new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    private final GreenMail server = new GreenMail(setup);

    public MailServer() {
        setup.setServerStartupTimeout(PATIENCE.toMillis()); // by itself it gives up after two seconds
        start();
    }

    private static int freePort() {
        try {
            return FreePort.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, also after it was away; what it had taken before is forgotten. */
    public void start() {
        server.start();
        server.setUser("weir@example.com", "weir", "canary");
    }

    /** Lets nobody in until it is started again. */
    public void goAway() {
        server.stop();
    }

    /** A sender that uses it. */
    public Mail mail() {
        return new Mail(settings());
    }

    /** How it is reached. */
    public SmtpServer settings() {
        return new SmtpServer(
                "127.0.0.1",
                setup.getPort(),
                SmtpServer.Encryption.NONE,
                "weir@example.com",
                Optional.of(new SmtpServer.Login("weir", new Secret("canary"))));
    }

    /** What it has taken: recipient, subject and text of each. */
    public List<String> received() {
        return Arrays.stream(server.getReceivedMessages()).map(MailServer::told).toList();
    }

    private static String told(MimeMessage message) {
        try {
            return "%s: %s: %s".formatted(message.getAllRecipients()[0], message.getSubject(), message.getContent());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The code in the last message. */
    public String lastCode() {
        List<String> received = received();
        Matcher code = CODE.matcher(received.get(received.size() - 1));
        if (!code.find()) {
            throw new AssertionError("no code in " + received);
        }
        return code.group();
    }

    @Override
    public void close() {
        server.stop();
    }
}
