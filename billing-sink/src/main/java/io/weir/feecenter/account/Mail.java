package io.weir.feecenter.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Properties;

/** Sends mail as plain text through the operator's server. */
public final class Mail {

    private static final String PATIENCE_MILLIS = "10000";

    private final Optional<SmtpServer> server;

    /** Mail through this server, which is asked only when there is something to send. */
    public Mail(SmtpServer server) {
        this(Optional.of(server));
    }

    /** Mail through this server; without one none can be sent. */
    public Mail(Optional<SmtpServer> server) {
        this.server = server;
    }

    /**
     * Sends one message and waits until the server has taken it.
     *
     * @param recipient one address
     * @throws MessagingException if there is no server, or it is away, does not take it, or cannot encrypt as asked
     */
    void send(String recipient, MailText text) throws MessagingException {
        SmtpServer server = this.server.orElseThrow(() -> new MessagingException("no mail server is set"));
        MimeMessage message = new MimeMessage(session(server));
        message.setFrom(new InternetAddress(server.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
        message.setSubject(text.subject(), UTF_8.name());
        message.setText(text.body(), UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated");
        Transport.send(message);
    }

    private static Session session(SmtpServer server) {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", server.host());
        settings.put("mail.smtp.port", Integer.toString(server.port()));
        settings.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
        settings.put("mail.smtp.timeout", PATIENCE_MILLIS);
        settings.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        settings.put("mail.smtp.ssl.enable", is(server, SmtpServer.Encryption.TLS));
        settings.put("mail.smtp.starttls.enable", is(server, SmtpServer.Encryption.STARTTLS));
        settings.put("mail.smtp.starttls.required", is(server, SmtpServer.Encryption.STARTTLS));
        return Session.getInstance(settings, authenticator(server.login()));
    }

    private static String is(SmtpServer server, SmtpServer.Encryption encryption) {
        return Boolean.toString(server.encryption() == encryption);
    }

    private static Authenticator authenticator(Optional<SmtpServer.Login> login) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                SmtpServer.Login user = login.orElseThrow();
                return new PasswordAuthentication(user.user(), user.password().value());
            }
        };
    }
}
