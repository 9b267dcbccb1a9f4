package io.weir.publish;

/**
 * The identity of a published event (rules.md §4). Weir's topics {@code rejected-usage} and {@code usage-gaps} name events by it.
 *
 * @param workspaceId the workspace
 * @param source the start of the publisher that numbered it
 * @param sequence its number for this workspace and source, from 0
 */
public record EventNumber(String workspaceId, String source, long sequence) {

    @Override
    public String toString() {
        return "workspace %s, source %s, sequence %d".formatted(workspaceId, source, sequence);
    }
}
