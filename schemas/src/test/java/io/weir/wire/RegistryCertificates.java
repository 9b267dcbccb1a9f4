package io.weir.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Key pairs with self-signed certificates, made by the JDK's keytool in a folder of a test. */
final class RegistryCertificates {

    /** Of every store; a canary, which no log and no message may show. */
    static final String PASSWORD = "st0re-canary";

    private final Path folder;

    RegistryCertificates(Path folder) {
        this.folder = folder;
    }

    /** A PKCS12 store with a new key, whose certificate is for this address or name, e.g. {@code ip:127.0.0.1}. */
    Path keystore(String name, String subject) throws IOException, InterruptedException {
        keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + subject)
                .of(store(name));
        return store(name);
    }

    /** A store of this type with nothing but the certificate of another store. */
    Path truststore(String type, String trusted) throws IOException, InterruptedException {
        Path certificate = folder.resolve(trusted + ".crt");
        Path store = folder.resolve(trusted + "-trust." + type);
        keytool("-exportcert", "-rfc", "-alias", trusted, "-file", certificate.toString())
                .of(store(trusted));
        keytool("-importcert", "-noprompt", "-alias", trusted, "-file", certificate.toString(), "-storetype", type)
                .of(store);
        return store;
    }

    /** The certificate as PEM, preceded by its private key if asked for. */
    Path pem(String name, boolean withKey) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store(name))) {
            store.load(file, PASSWORD.toCharArray());
        }
        Key key = store.getKey(name, PASSWORD.toCharArray());
        Certificate certificate = store.getCertificate(name);
        String text =
                (withKey ? pem("PRIVATE KEY", key.getEncoded()) : "") + pem("CERTIFICATE", certificate.getEncoded());
        return Files.writeString(folder.resolve(name + (withKey ? "-key.pem" : ".pem")), text);
    }

    private static String pem(String what, byte[] encoded) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines);
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private interface Command {
        void of(Path store) throws IOException, InterruptedException;
    }

    private static Command keytool(String... arguments) {
        return store -> {
            List<String> command = Stream.concat(
                            Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString()),
                            Stream.concat(
                                    Stream.of(arguments),
                                    Stream.of("-keystore", store.toString(), "-storepass", PASSWORD)))
                    .toList();
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        };
    }
}
