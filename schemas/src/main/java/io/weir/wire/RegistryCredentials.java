package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * By what the registry knows who asks; never printed.
 *
 * @param authorization the value of the request header {@code Authorization}
 */
public record RegistryCredentials(String authorization) {

    /** HTTP's basic authentication by {@code user:password}. */
    static RegistryCredentials basic(String userInfo) {
        return new RegistryCredentials("Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8)));
    }

    /** A bearer token, as it is. */
    static RegistryCredentials bearer(String token) {
        return new RegistryCredentials("Bearer " + token);
    }

    @Override
    public String toString() {
        return "RegistryCredentials[hidden]";
    }
}
