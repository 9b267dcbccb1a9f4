package io.weir.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the registry. The keys are those of Kafka's clients behind {@code schema.registry.}, as Confluent names them, and
 * Kafka's own class understands them: stores of type JKS, PKCS12 and PEM, a key of one's own for mutual TLS.
 *
 * @param context the certificates that are trusted, and those that are shown
 * @param parameters the protocols and cipher suites that may be used
 */
public record RegistryTls(SSLContext context, SSLParameters parameters) {

    private static final String PREFIX = "schema.registry.";
    private static final ConfigDef DEFINITION = new ConfigDef();

    static {
        SslConfigs.addClientSslSupport(DEFINITION);
    }

    /**
     * What the settings say; null if they say nothing, so that the JVM's own trust store counts.
     *
     * @throws KafkaException if a store cannot be read
     */
    static @Nullable RegistryTls of(Map<String, ?> settings) {
        Map<String, Object> own = own(settings);
        if (own.isEmpty()) {
            return null;
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(DEFINITION.parse(own));
            SSLParameters parameters =
                    factory.createClientSslEngine("registry", 0, "https").getSSLParameters();
            return new RegistryTls(factory.sslContext(), parameters);
        }
    }

    /** One message per mistake; the words of what failed beneath are among them, for they say which file and why. */
    static List<String> mistakes(Map<String, ?> settings) {
        List<String> mistakes = new ArrayList<>();
        Map<String, Object> own = own(settings);
        if (!"https"
                .equalsIgnoreCase(String.valueOf(own.getOrDefault("ssl.endpoint.identification.algorithm", "https")))) {
            mistakes.add(PREFIX + "ssl.endpoint.identification.algorithm: nothing but https is possible; leave it out");
        }
        if (own.containsKey("ssl.engine.factory.class")) {
            mistakes.add(PREFIX + "ssl.engine.factory.class: no class but Kafka's own is possible; leave it out");
        }
        try {
            of(settings);
        } catch (KafkaException | IllegalArgumentException refused) {
            mistakes.add(PREFIX + "ssl: " + inWords(refused));
        }
        return mistakes;
    }

    private static Map<String, Object> own(Map<String, ?> settings) {
        Map<String, Object> own = new HashMap<>();
        DEFINITION.names().forEach(name -> {
            Object value = settings.get(PREFIX + name);
            if (value != null) {
                own.put(name, value);
            }
        });
        return own;
    }

    private static String inWords(Throwable refused) {
        String words = String.valueOf(refused.getMessage());
        return refused.getCause() == null ? words : words + ": " + inWords(refused.getCause());
    }
}
