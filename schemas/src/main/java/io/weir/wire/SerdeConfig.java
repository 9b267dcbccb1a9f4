package io.weir.wire;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may be set about the registry and the serde. The keys are Confluent's, except {@code schema.registry.wait.ms};
 * a key that is not known here is ignored, as Kafka's clients do.
 *
 * @param urls {@code schema.registry.url}, comma-separated base URLs, tried in turn; or one {@code mock://scope}
 * @param credentials {@code bearer.auth.token} if {@code bearer.auth.credentials.source} says so; else {@code
 *     basic.auth.user.info}, or those within a URL, by {@code basic.auth.credentials.source}; null for none
 * @param tls {@code schema.registry.ssl.…}, whom to trust and which certificate to show; null for the JVM's own settings
 * @param requestTimeout {@code http.read.timeout.ms}, how long one request may take; 10 s unless told
 * @param patience {@code schema.registry.wait.ms}, how long requests are repeated before {@link SchemaRegistryUnavailable}; 30 s
 * @param unknownIds {@code missing.cache.size}, how many ids are remembered as unknown; 10,000
 * @param unknownFor {@code missing.id.cache.ttl.sec}, how long an id is taken for unknown without asking again; 10 s
 * @param autoRegister {@code auto.register.schemas}, whether the serializer registers a schema that is not there; true
 * @param useLatest {@code use.latest.version}, whether the serializer writes by the newest version of the subject; false
 * @param valueType {@code specific.avro.value.type}, the only record that is read; null for the one that the writer names
 */
public record SerdeConfig(
        List<URI> urls,
        @Nullable RegistryCredentials credentials,
        @Nullable RegistryTls tls,
        Duration requestTimeout,
        Duration patience,
        int unknownIds,
        Duration unknownFor,
        boolean autoRegister,
        boolean useLatest,
        @Nullable Class<? extends SpecificRecord> valueType) {

    /** One message per mistake in the settings; empty if all is well. */
    public static List<String> mistakes(Map<String, ?> settings) {
        return SerdeKeys.mistakes(settings);
    }

    /**
     * The settings, understood.
     *
     * @throws ConfigException naming every mistake
     */
    public static SerdeConfig of(Map<String, ?> settings) {
        List<String> mistakes = mistakes(settings);
        if (!mistakes.isEmpty()) {
            throw new ConfigException(String.join("\n", mistakes));
        }
        return of(new AbstractConfig(SerdeKeys.DEFINITION, settings, false), RegistryTls.of(settings));
    }

    private static SerdeConfig of(AbstractConfig values, @Nullable RegistryTls tls) {
        return new SerdeConfig(
                values.getList(SerdeKeys.URLS).stream().map(RegistryUrls::plain).toList(),
                credentials(values),
                tls,
                Duration.ofMillis(values.getInt(SerdeKeys.REQUEST_TIMEOUT_MS)),
                Duration.ofMillis(values.getInt(SerdeKeys.WAIT_MS)),
                values.getInt(SerdeKeys.UNKNOWN_IDS),
                Duration.ofSeconds(values.getLong(SerdeKeys.UNKNOWN_FOR_SECONDS)),
                values.getBoolean(SerdeKeys.AUTO_REGISTER),
                values.getBoolean(SerdeKeys.USE_LATEST),
                valueType(values));
    }

    private static @Nullable RegistryCredentials credentials(AbstractConfig values) {
        if (values.getString(SerdeKeys.BEARER_SOURCE).equals("STATIC_TOKEN")) {
            return RegistryCredentials.bearer(
                    values.getPassword(SerdeKeys.BEARER_TOKEN).value().strip());
        }
        return values.getString(SerdeKeys.CREDENTIALS_SOURCE).equals("USER_INFO")
                ? RegistryCredentials.basic(
                        values.getPassword(SerdeKeys.USER_INFO).value())
                : RegistryUrls.credentials(values.getList(SerdeKeys.URLS)).orElse(null);
    }

    private static @Nullable Class<? extends SpecificRecord> valueType(AbstractConfig values) {
        Class<?> type = values.getClass(SerdeKeys.VALUE_TYPE);
        return type == null ? null : type.asSubclass(SpecificRecord.class);
    }

    /** The scope of a {@code mock://} registry; empty for a real one. */
    Optional<String> mockScope() {
        URI first = urls.get(0);
        return RegistryUrls.isMock(first) ? Optional.of(first.getAuthority()) : Optional.empty();
    }
}
