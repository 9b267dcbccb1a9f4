package io.weir.deploy.audit;

import java.time.Instant;

/**
 * One resource of a workspace in one window.
 *
 * @param startMillis first instant of the window, milliseconds UTC
 */
record WindowKey(String workspaceId, String resource, long startMillis) {

    @Override
    public String toString() {
        String of = resource.isEmpty() ? "" : ", resource " + resource;
        return "workspace %s%s, window from %s".formatted(workspaceId, of, Instant.ofEpochMilli(startMillis));
    }
}
