package io.weir.publish;

import java.time.Instant;
import java.util.Map;

/**
 * What a host measured in one workspace and has not numbered yet.
 *
 * @param workspaceId the workspace in which the usage arose; {@code [A-Za-z0-9_.:/-]{1,128}}
 * @param occurredAt when it happened, by the host's clock; counts to the millisecond
 * @param resource the log index or rule the usage belongs to, of the same letters; empty for the workspace itself
 * @param readings 1 to 64 quantities by meter, in whole base units, none negative
 */
public record Usage(String workspaceId, Instant occurredAt, String resource, Map<String, Long> readings) {

    /** Defensive copy. */
    public Usage {
        readings = Map.copyOf(readings);
    }
}
