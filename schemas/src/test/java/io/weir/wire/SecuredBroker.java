package io.weir.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real broker with its authoriser on, as in production: who comes by SASL_SSL proves by SCRAM who they are, who comes by SSL by a
 * certificate, and both may do only what an ACL allows. The PLAINTEXT listener is the super-user's.
 */
public final class SecuredBroker implements AutoCloseable {

    /** What all secrets have in them. */
    public static final String CANARY = "canary";

    private static final String SCRAM = "SCRAM-SHA-512";
    private static final String SCRAM_LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    private final EmbeddedBroker broker;
    private final Certificates certificates;
    private final String scramAddress;
    private final String mutualTlsAddress;

    private SecuredBroker(
            EmbeddedBroker broker, Certificates certificates, String scramAddress, String mutualTlsAddress) {
        this.broker = broker;
        this.certificates = certificates;
        this.scramAddress = scramAddress;
        this.mutualTlsAddress = mutualTlsAddress;
    }

    /**
     * Starts it.
     *
     * @param folder for its data, its certificates and its users'
     * @param users who have a password; nobody is allowed anything yet
     * @param certified who have a certificate too
     */
    public static SecuredBroker start(Path folder, List<String> users, List<String> certified) {
        try {
            String scram = "127.0.0.1:" + FreePort.next();
            String mutualTls = "127.0.0.1:" + FreePort.next();
            Certificates certificates = Certificates.make(folder, certified);
            EmbeddedBroker broker = EmbeddedBroker.start(
                    folder.resolve("broker"),
                    options(certificates),
                    List.of("SASL_SSL://" + scram, "SSL://" + mutualTls),
                    users.stream().map(SecuredBroker::scramUser).toList());
            return new SecuredBroker(broker, certificates, scram, mutualTls);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> options(Certificates certificates) {
        Map<String, String> options = new HashMap<>(certificates.ofBroker());
        options.put(
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL");
        options.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        options.put("super.users", "User:ANONYMOUS"); // who comes by PLAINTEXT, the broker itself among them
        options.put("sasl.enabled.mechanisms", SCRAM);
        options.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", SCRAM_LOGIN + ";");
        options.put("listener.name.ssl.ssl.client.auth", "required");
        options.put("listener.name.ssl.ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/");
        return options;
    }

    private static String scramUser(String user) {
        return "%s=[name=%s,password=%s]".formatted(SCRAM, user, password(user));
    }

    /** The password of a user; all secrets here begin with {@value #CANARY}, so that one can look where they turn up. */
    public static String password(String user) {
        return CANARY + "-of-" + user;
    }

    /** By which a user logs in: the value of {@code sasl.jaas.config}. */
    public static String login(String user) {
        return "%s username=\"%s\" password=\"%s\";".formatted(SCRAM_LOGIN, user, password(user));
    }

    /** Settings of a client that may do everything. */
    public Map<String, String> superUser() {
        return Map.of("bootstrap.servers", superUserAddress());
    }

    /** Where the super-user comes, host:port. */
    public String superUserAddress() {
        return broker.bootstrapServers();
    }

    /** Settings of a client that logs in with a user's password. */
    public Map<String, String> scram(String user) {
        Map<String, String> settings = new HashMap<>(certificates.trust());
        settings.put("bootstrap.servers", scramAddress);
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", SCRAM);
        settings.put("sasl.jaas.config", login(user));
        return settings;
    }

    /** Settings of a client that shows a user's certificate. */
    public Map<String, String> mutualTls(String user) {
        Map<String, String> settings = new HashMap<>(certificates.of(user));
        settings.put("bootstrap.servers", mutualTlsAddress);
        settings.put("security.protocol", "SSL");
        return settings;
    }

    @Override
    public void close() {
        broker.close();
    }
}
