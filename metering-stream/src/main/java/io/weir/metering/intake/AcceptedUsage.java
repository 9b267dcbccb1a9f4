package io.weir.metering.intake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A usage event that is counted: whose it is, when it occurred, what it reads, and the hash of its identity. One object is
 * filled again for each event, so a step must take what it needs before it returns.
 */
public final class AcceptedUsage {

    private final UsageView view;
    private final Meter[] meters = new Meter[Checks.MOST_READINGS];
    private @Nullable KnownWorkspace workspace;
    private @Nullable Identity identity;
    private long ingestMillis;

    AcceptedUsage(UsageView view) {
        this.view = view;
    }

    AcceptedUsage of(KnownWorkspace workspace, Identity identity, long ingestMillis) {
        this.workspace = workspace;
        this.identity = identity;
        this.ingestMillis = ingestMillis;
        return this;
    }

    void meter(int reading, Meter meter) {
        meters[reading] = meter;
    }

    /** The workspace in which the usage arose. */
    public KnownWorkspace workspace() {
        return Objects.requireNonNull(workspace, "filled before it is forwarded");
    }

    /** When it happened, by the producer's clock, milliseconds UTC. */
    public long occurredAtMillis() {
        return view.occurredAtMillis;
    }

    /** When it was read into the topic, milliseconds UTC. */
    public long ingestMillis() {
        return ingestMillis;
    }

    /** The upper 64 bits of the identity's hash. */
    public long identityHigh() {
        return Objects.requireNonNull(identity, "filled before it is forwarded").high();
    }

    /** The lower 64 bits of the identity's hash. */
    public long identityLow() {
        return Objects.requireNonNull(identity, "filled before it is forwarded").low();
    }

    /** Number of readings, 1 to 64. */
    public int readings() {
        return view.readings;
    }

    /** The meter of a reading, from 0. */
    public Meter meter(int reading) {
        return meters[reading];
    }

    /** The quantity of a reading in whole base units, 0 or more. */
    public long quantity(int reading) {
        return view.quantity[reading];
    }

    /** Finds what a later step keeps for the resource of this event, by the name's bytes; null if it is not in the table. */
    public <E extends ByteTable.Entry> @Nullable E findResource(ByteTable<E> table) {
        return table.find(view.bytes, view.resourceFrom, view.resourceLength);
    }

    /** The resource; empty for the workspace itself. */
    public String resource() {
        return view.text(view.resourceFrom, view.resourceLength);
    }
}
