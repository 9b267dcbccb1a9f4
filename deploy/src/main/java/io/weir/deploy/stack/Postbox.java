package io.weir.deploy.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A mail server on this machine that delivers nothing: what the fee center sends stands in a file, for whoever needs a code. */
public final class Postbox implements AutoCloseable {

    /** From whom the fee center's mail comes. */
    static final String FEE_CENTER = "weir@weir.example";

    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final GreenMail server;
    private final ServerSetup setup;
    private final Path letters;

    private Postbox(ServerSetup setup, Path letters) {
        this.server = new GreenMail(setup);
        this.setup = setup;
        this.letters = letters;
    }

    /** Starts it on a free port. */
    static Postbox start(DataFolder data) {
        ServerSetup setup = new ServerSetup(Ports.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(LONGEST_START.toMillis()); // by itself it gives up after two seconds
        Postbox postbox = new Postbox(setup, data.folder("log").resolve("mail.log"));
        postbox.server.start();
        UserManager users = postbox.server.getUserManager();
        users.setMessageDeliveryHandler((letter, to) -> postbox.take(users, letter, to));
        return postbox;
    }

    /** Written down first: a letter that cannot be is refused, and the fee center sends it again. */
    private synchronized GreenMailUser take(UserManager users, MovingMessage letter, MailAddress to)
            throws MessagingException, UserException {
        try {
            Files.writeString(
                    letters,
                    "To: %s%nSubject: %s%n%n%s%n%n"
                            .formatted(
                                    to.getEmail(),
                                    letter.getMessage().getSubject(),
                                    letter.getMessage().getContent()),
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        GreenMailUser known = users.getUserByEmail(to.getEmail());
        return known == null ? users.createUser(to.getEmail(), to.getEmail(), "") : known;
    }

    /** Where the fee center sends its mail. */
    int port() {
        return setup.getPort();
    }

    /** The file of all letters, each with its recipient and subject. */
    public Path letters() {
        return letters;
    }

    @Override
    public void close() {
        server.stop();
    }
}
