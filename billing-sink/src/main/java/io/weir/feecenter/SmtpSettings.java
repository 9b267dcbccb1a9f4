package io.weir.feecenter;

import io.weir.feecenter.account.SmtpServer;
import io.weir.feecenter.account.SmtpServer.Encryption;
import io.weir.feecenter.account.SmtpServer.Login;
import io.weir.wire.Secret;
import io.weir.wire.Settings;
import java.util.Optional;

/** Reads which mail server the operator chose. */
final class SmtpSettings {

    private static final int SUBMISSION_PORT = 587;

    private SmtpSettings() {}

    /** The mail server; empty without {@code weir.smtp.host}. Mistakes are noted in the settings. */
    static Optional<SmtpServer> from(Settings settings) {
        String host = settings.text("weir.smtp.host", "");
        SmtpServer server = new SmtpServer(
                host,
                settings.wholeNumber("weir.smtp.port", SUBMISSION_PORT, 1, 65_535),
                settings.oneOf("weir.smtp.encryption", Encryption.STARTTLS),
                settings.text("weir.smtp.from", ""),
                login(settings));
        if (!host.isEmpty() && server.from().isEmpty()) {
            settings.mistake("weir.smtp.from is missing: from whom the mail comes, such as weir@example.com");
        }
        return host.isEmpty() ? Optional.empty() : Optional.of(server);
    }

    private static Optional<Login> login(Settings settings) {
        String user = settings.text("weir.smtp.user", "");
        Optional<Secret> password = settings.secret("weir.smtp.password");
        if (user.isEmpty() == password.isPresent()) {
            settings.mistake("weir.smtp.user and weir.smtp.password go together: one of them is missing");
        }
        return password.map(secret -> new Login(user, secret));
    }
}
