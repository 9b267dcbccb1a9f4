package io.weir.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * User and password for HTTP's basic authentication; never printed.
 *
 * @param userInfo {@code user:password}
 */
public record BasicCredentials(String userInfo) {

    /** The value of the request header {@code Authorization}. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "BasicCredentials[hidden]";
    }
}
