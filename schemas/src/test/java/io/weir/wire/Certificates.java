package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keys and certificates of a broker on 127.0.0.1 and of its users, made by keytool. Each signs its own, and the other side trusts
 * exactly these.
 *
 * @param folder where they are, each in a key store of its own
 */
record Certificates(Path folder) {

    private static final String PASSWORD = SecuredBroker.CANARY + "-of-key-store";
    private static final String TYPE = "PKCS12";
    private static final String BROKER = "broker";
    private static final String TRUSTED_BY_USERS = "trusted-by-users";
    private static final String TRUSTED_BY_BROKER = "trusted-by-broker";

    /** Makes them. */
    static Certificates make(Path folder, List<String> users) throws IOException {
        Certificates certificates = new Certificates(Files.createDirectories(folder.resolve("certificates")));
        certificates.sign(BROKER);
        for (String user : users) {
            certificates.sign(user);
        }
        certificates.trust(TRUSTED_BY_USERS, List.of(BROKER));
        certificates.trust(
                TRUSTED_BY_BROKER,
                Stream.concat(Stream.of(BROKER), users.stream()).toList());
        return certificates;
    }

    /** Settings of the broker. */
    Map<String, String> ofBroker() {
        Map<String, String> settings = keyStore(BROKER);
        settings.putAll(trustStore(TRUSTED_BY_BROKER));
        return settings;
    }

    /** Settings of a client that shows a user's certificate. */
    Map<String, String> of(String user) {
        Map<String, String> settings = keyStore(user);
        settings.putAll(trust());
        return settings;
    }

    /** Settings of a client that trusts the broker. */
    Map<String, String> trust() {
        return trustStore(TRUSTED_BY_USERS);
    }

    private Map<String, String> keyStore(String name) {
        return new HashMap<>(Map.of(
                "ssl.keystore.type", TYPE,
                "ssl.keystore.location", file(name).toString(),
                "ssl.keystore.password", PASSWORD,
                "ssl.key.password", PASSWORD));
    }

    private Map<String, String> trustStore(String name) {
        return Map.of(
                "ssl.truststore.type", TYPE,
                "ssl.truststore.location", file(name).toString(),
                "ssl.truststore.password", PASSWORD);
    }

    private void sign(String name) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-storetype",
                        TYPE,
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file(name).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException("keytool refuses: " + said);
        }
    }

    private void trust(String truster, List<String> names) throws IOException {
        try (OutputStream to = Files.newOutputStream(file(truster))) {
            KeyStore trusted = KeyStore.getInstance(TYPE);
            trusted.load(null, null);
            for (String name : names) {
                KeyStore own = KeyStore.getInstance(file(name).toFile(), PASSWORD.toCharArray());
                trusted.setCertificateEntry(name, own.getCertificate(name));
            }
            trusted.store(to, PASSWORD.toCharArray());
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".p12");
    }
}
