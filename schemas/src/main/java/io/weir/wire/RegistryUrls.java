package io.weir.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What may stand in {@code schema.registry.url}: base URLs of one registry, or one {@code mock://scope}. */
final class RegistryUrls {

    private static final String MOCK = "mock";

    private RegistryUrls() {}

    /** Says what is wrong with the first URL that cannot be used, without its password; null is Kafka's to complain of. */
    static void validate(String key, @Nullable Object value) {
        if (!(value instanceof List<?> urls)) {
            return;
        }
        if (urls.isEmpty()) {
            throw new ConfigException(key + " names no URL");
        }
        List<URI> parsed = urls.stream().map(url -> parse(key, url.toString())).toList();
        if (parsed.size() > 1 && parsed.stream().anyMatch(RegistryUrls::isMock)) {
            throw new ConfigException(key + " names a mock:// registry beside another one");
        }
    }

    static boolean isMock(URI url) {
        return MOCK.equals(url.getScheme());
    }

    /** The URL as requests and messages use it: without credentials and without a slash at the end. */
    static URI plain(String url) {
        String withoutCredentials = url.strip().replaceFirst("(?<=://)[^/]*@", "");
        return URI.create(withoutCredentials.replaceFirst("/+$", ""));
    }

    /** The credentials within the first URL that has some. */
    static Optional<RegistryCredentials> credentials(List<String> urls) {
        return urls.stream()
                .map(url -> URI.create(url.strip()).getUserInfo())
                .filter(Objects::nonNull)
                .findFirst()
                .map(RegistryCredentials::basic);
    }

    private static URI parse(String key, String text) {
        String shown = text.replaceFirst("(?<=://).*@", "");
        try {
            URI url = new URI(text.strip());
            boolean web = List.of("http", "https").contains(url.getScheme()) && url.getHost() != null;
            if (web || (isMock(url) && url.getAuthority() != null)) {
                return url;
            }
        } catch (URISyntaxException ignored) {
            // Its message would show the password.
        }
        throw new ConfigException(key, shown, "not http://host:port, https://host:port or mock://scope");
    }
}
